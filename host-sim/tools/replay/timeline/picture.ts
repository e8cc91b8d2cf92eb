/** Draws the README's pictures: what terminals of several widths show of the bundled recording, as SVG.
 *
 *     npm run picture      writes timeline.svg and timeline-60.svg beside this file */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';

const CELL_WIDTH = 8;
const LINE_HEIGHT = 19;
const MARGIN = 14;
const INK = '#d8dade';
const DIM = '#7d828c';

/** A stretch of one line in one colour. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly ink: string;
  readonly ground: string | undefined;
  readonly bold: boolean;
}

/** What terminals leave to their owner: the inks of the styles that cli/terminal.ts has. */
const INKS: Readonly<Record<string, string>> = {
  '2': DIM,
  '33': 'rgb(222 164 72)',
  '91': 'rgb(224 82 82)',
  '92': 'rgb(104 184 120)',
  '94': 'rgb(98 152 228)',
  '39': INK,
};

/** Splits a line at its colour sequences (SGR: 1, 2, 22, the inks above, 38;2;r;g;b, 48;2;r;g;b and 49). */
export function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let [ink, ground, bold, column] = [INK, undefined as string | undefined, false, 0];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the same
    const [, codes] = /^\x1b\[([\d;]*)m$/.exec(part) ?? [];
    if (codes === undefined) {
      if (part !== '') runs.push({ column, text: part, ink, ground, bold });
      column += stringWidth(part);
    } else if (codes === '1') bold = true;
    else if (codes === '22') [ink, bold] = [INK, false];
    else if (codes === '49') ground = undefined;
    else if (codes.startsWith('38;2;')) ink = `rgb(${codes.slice(5).split(';').join(' ')})`;
    else if (codes.startsWith('48;2;')) ground = `rgb(${codes.slice(5).split(';').join(' ')})`;
    else ink = INKS[codes] ?? INK;
  }
  return runs;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/ /g, '\u00a0');
}

export function svgOf(terminal: string): string {
  const lines = terminal.replace(/^\n+|\n+$/g, '').split('\n');
  const width = Math.max(
    ...lines.map((line) => runsOf(line).reduce((sum, { text }) => sum + stringWidth(text), 0)),
  );
  const shapes = lines.flatMap((line, row) =>
    runsOf(line).flatMap(({ column, text, ink, ground, bold }) => {
      const [x, y, length] = [
        MARGIN + column * CELL_WIDTH,
        MARGIN + row * LINE_HEIGHT,
        stringWidth(text) * CELL_WIDTH,
      ];
      const box =
        ground && `<rect x="${x}" y="${y}" width="${length}" height="${LINE_HEIGHT}" fill="${ground}"/>`;
      const weight = bold ? ' font-weight="bold"' : '';
      const word = `<text x="${x}" y="${y + 14}" textLength="${length}" fill="${ink}"${weight}>${escaped(text)}</text>`;
      return [...(box ? [box] : []), ...(text.trim() === '' ? [] : [word])];
    }),
  );
  const size = [width * CELL_WIDTH + 2 * MARGIN, lines.length * LINE_HEIGHT + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size[0]} ${size[1]}" width="${size[0]}" height="${size[1]}"`,
    '  font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="13">',
    '<title>A timeline: the wake word heard, commands understood, a muted stretch, and the ring of LEDs</title>',
    `<rect width="100%" height="100%" rx="8" fill="#16181c"/>`,
    ...shapes,
    '</svg>\n',
  ].join('\n');
}

/** The end of the summary, which may be wrapped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: wrapped lines are coloured one by one
const TAKEN = /(\s|\x1b\[\d+m)+·(\s|\x1b\[\d+m)+[\d.]+ s(\s|\x1b\[\d+m)+taken,[^·]*real(\s|\x1b\[\d+m)+time/;

/** By the width of the terminal, in columns. */
const PICTURES = { 100: 'timeline.svg', 60: 'timeline-60.svg' };

function drawAll(): void {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  for (const [columns, name] of Object.entries(PICTURES)) {
    const terminal = execFileSync(process.execPath, [here('../../../cli/run.mjs'), 'replay', '--demo'], {
      env: { ...process.env, FORCE_COLOR: '1', COLUMNS: columns },
      encoding: 'utf8',
      cwd: here('../../../..'),
    });
    // how long it took differs from run to run
    writeFileSync(here(name), svgOf(terminal.replace(TAKEN, '')));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) drawAll();
