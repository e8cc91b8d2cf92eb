import { basename } from 'node:path';
import { readNamedFile } from '../../../cli/files';
import { Problem } from '../../../cli/problem';
import type { Outcome } from '../timeline/summary';
import { compareEvents, describeDifferences, type Expectation, parseExpectations } from './expectations';

/** Reads what `--expect` names, for these recordings: with one, an event need not say to which it belongs.
 * Throws Problem. */
export function readExpectations(
  path: string | undefined,
  recordings: readonly string[],
): Expectation[] | undefined {
  if (path === undefined) return undefined;
  const expected = parseExpectations(readNamedFile(path, 'a file of expected events').toString('utf8'), path);
  const names = recordings.map((recording) => basename(recording));
  for (const { file } of expected) {
    if (file === undefined && recordings.length < 2) continue;
    if (typeof file === 'string' && names.includes(file)) continue;
    throw new Problem(
      file === undefined
        ? `${path}: with several recordings every expected event needs a "file", the recording's name`
        : `${path}: events are expected of ${JSON.stringify(file)}, which is not among the recordings`,
    );
  }
  return expected;
}

/** Compares each recording with what was expected of it. Differences go to the standard error output, where people and
 * logs see them and event lines are not. */
export function areAsExpected(expected: readonly Expectation[], outcomes: readonly Outcome[]): boolean {
  let isSame = true;
  for (const { path, events } of outcomes) {
    const own = expected.filter(({ file }) => file === undefined || file === basename(path));
    const differences = compareEvents(own, events);
    if (differences.every(({ kind }) => kind === 'same')) continue;
    isSame = false;
    console.error(`earshot: ${path} is not as expected (− missing, + unexpected)`);
    for (const line of describeDifferences(differences)) console.error(`  ${line}`);
  }
  return isSame;
}
