import { describeDifferences } from './compare';
import type { Verdict } from './verdicts';

/** A recording that could not be read, or not to its end. */
export interface Failure {
  readonly path: string;
  readonly message: string;
}

/** JUnit's XML, which services for continuous integration read: a test case for each recording. */
export function junitOf(suite: string, verdicts: readonly Verdict[], failures: readonly Failure[]): string {
  const unread = new Set(failures.map(({ path }) => path));
  const judged = verdicts.filter(({ path }) => !unread.has(path));
  const failed = judged.filter(({ isAsExpected }) => !isAsExpected).length;
  const counts = `tests="${judged.length + failures.length}" failures="${failed}" errors="${failures.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="earshot" ${counts}>`,
    `  <testsuite name="${escaped(suite)}" ${counts}>`,
    ...judged.map(caseOf),
    ...failures.map(({ path, message }) =>
      testCase(path, `      <error message="${escaped(message)}"/>`, undefined),
    ),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf({ path, soundMs, differences, isAsExpected }: Verdict): string {
  if (isAsExpected) return testCase(path, undefined, soundMs);
  const count = (wanted: string): number => differences.filter(({ kind }) => kind === wanted).length;
  const message = `${count('missing')} missing, ${count('unexpected')} unexpected`;
  const lines = describeDifferences(differences).map(escaped).join('\n');
  return testCase(path, `      <failure message="${message}">\n${lines}\n      </failure>`, soundMs);
}

/** `time` is the recording's length, so that the same recordings give the same file. */
function testCase(path: string, inner: string | undefined, soundMs: number | undefined): string {
  const time = soundMs === undefined ? '' : ` time="${(soundMs / 1000).toFixed(3)}"`;
  const start = `    <testcase classname="replay" name="${escaped(path)}"${time}`;
  return inner === undefined ? `${start}/>` : `${start}>\n${inner}\n    </testcase>`;
}

/** Characters that XML does not know at all become a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"\n]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?');
}
