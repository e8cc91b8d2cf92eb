import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { troubleBefore } from '../../firmware/core/boot';

const ROOT = join(__dirname, '../..');
const FIRMWARE = join(ROOT, 'firmware');
const page = readFileSync(join(ROOT, 'boards/TROUBLE.md'), 'utf8');

/** What the firmware's sources say, as it stands there and with … where something is put in. */
const sources = readdirSync(FIRMWARE, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(c|ts)$/.test(path))
  .map((path) => readFileSync(join(FIRMWARE, path), 'utf8'))
  .map((text) => `${text}\n${text.replaceAll(/\$\{[^}]*\}|%\w+/g, '…')}`)
  .join('\n');

const found = (...patterns: readonly RegExp[]): string[] => [
  ...new Set(patterns.flatMap((pattern) => [...sources.matchAll(pattern)].map(([, text = '']) => text))),
];

describe('the page on trouble', () => {
  it.each(
    [
      ...found(/tellFault\(['`]([^'`]+)['`]\)/g, /\bfault\(`([^`]+)`\)/g, /\bwhat: `([^`]+)` \}/g),
      ...found(/report\(self, "fault", "([^"]+)"/g, /^ +return "(the microphone [^"]+)";$/gm),
    ].filter((text) => !text.includes('${')),
  )('explains the fault: %s', (fault) => {
    expect(page).toContain(`\`${fault}\``);
  });

  it.each(['software', 'panic', 'watchdog', 'brownOut', 'unknown'] as const)(
    'explains a restart by %s',
    (reason) => expect(page).toContain(`\`${troubleBefore(reason)}\``),
  );

  it('explains every remark', () => {
    const beginnings = found(/['`](# [^'`…$\n]+)/g);
    expect(beginnings.length).toBeGreaterThanOrEqual(5);
    for (const beginning of beginnings) expect(page).toContain(`\`${beginning}`);
  });

  it('tells of nothing that the firmware does not say', () => {
    const ours = page.slice(page.indexOf('## The boot'), page.indexOf('## The microphone hears nothing'));
    const cells = ours.split('\n').filter((row) => row.startsWith('| `'));
    const told = cells.flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)]);
    const texts = told.map(([, text = '']) => text).filter((text) => !text.startsWith('"'));
    expect(texts.length).toBeGreaterThan(25);
    const unsaid = texts.filter((text) => !sources.includes(text.replace(/^restarted by /, '')));
    expect(unsaid).toEqual([]);
  });

  it('has no link that leads nowhere', () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });
});
