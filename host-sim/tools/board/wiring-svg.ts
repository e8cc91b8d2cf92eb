import type { Board } from '../../packages/boards';
import { type Pad, type Part, solderedParts } from './wiring-parts';

const ROW = 24;
const HEAD = 30;
const GAP = 18;
const MARGIN = 16;
const MODULE = { left: MARGIN, width: 190 };
const PARTS = { left: 440, width: 210 };
const WIDTH = 720;
const COLOURS = { pin: '#1f6f8b', GND: '#444444', '3V3': '#b5651d', '5V': '#b03030', link: '#6a4c93' };

/** How a board is wired that people solder. @throws Problem where there is nothing to solder */
export function wiringSvg({ configuration }: Board): string {
  const placed = place(solderedParts(configuration));
  const height = (placed.at(-1)?.bottom ?? 0) + MARGIN;
  const rows = placed.flatMap(({ rows }) => rows);
  const pins = rows.flatMap(({ pad, y }) =>
    'pin' in pad.end ? [label(MODULE.left + MODULE.width - 8, y, `GPIO ${pad.end.pin}`, 'end')] : [],
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="13">`,
    `<title>Wiring of ${escaped(configuration.name)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    box(MODULE.left, MARGIN, MODULE.width, height - 2 * MARGIN),
    heading(MODULE.left + 8, MARGIN, configuration.module.name),
    ...pins,
    ...placed.flatMap(({ part, top, bottom }) => [
      box(PARTS.left, top, PARTS.width, bottom - top),
      heading(PARTS.left + 8, top, part.name),
    ]),
    ...rows.flatMap(({ pad, y }) => [label(PARTS.left + 8, y, pad.name, 'start'), ...wire(pad, y)]),
    ...links(rows),
    '</svg>',
    '',
  ].join('\n');
}

interface Row {
  readonly pad: Pad;
  readonly y: number;
}

interface Placed {
  readonly part: Part;
  readonly top: number;
  readonly bottom: number;
  readonly rows: readonly Row[];
}

/** One below the other, as far down the module as they reach, so that wires to it are level. */
function place(parts: readonly Part[]): Placed[] {
  let top = MARGIN + HEAD;
  return parts.map((part) => {
    const rows = part.pads.map((pad, index) => ({ pad, y: top + HEAD + (index + 0.5) * ROW }));
    const placed = { part, top, bottom: top + HEAD + part.pads.length * ROW + 6, rows };
    top = placed.bottom + GAP;
    return placed;
  });
}

function wire({ end, note }: Pad, y: number): string[] {
  const notes = note === undefined ? [] : [small((MODULE.left + MODULE.width + PARTS.left) / 2, y - 4, note)];
  if ('pin' in end) return [line(MODULE.left + MODULE.width, PARTS.left, y, COLOURS.pin), ...notes];
  if ('link' in end) return notes;
  const colour = COLOURS[end.rail];
  return [
    line(PARTS.left - 40, PARTS.left, y, colour),
    label(PARTS.left - 44, y, end.rail, 'end', colour),
    ...notes,
  ];
}

/** Between two parts, around their right. */
function links(rows: readonly Row[]): string[] {
  const ends = new Map<string, number[]>();
  for (const { pad, y } of rows)
    if ('link' in pad.end) ends.set(pad.end.link, [...(ends.get(pad.end.link) ?? []), y]);
  const out = PARTS.left + PARTS.width + 30;
  return [...ends.values()].map(
    ([from = 0, to = 0]) =>
      `<path d="M${PARTS.left + 34} ${from}H${out}V${to}H${PARTS.left + 34}" fill="none" stroke="${COLOURS.link}" stroke-width="2"/>`,
  );
}

function line(from: number, to: number, y: number, colour: string): string {
  return `<path d="M${from} ${y}H${to}" stroke="${colour}" stroke-width="2"/>`;
}

function box(x: number, y: number, width: number, height: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#f4f1ea" stroke="#555555"/>`;
}

function heading(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y + 20}" font-weight="bold" fill="#222222">${escaped(text)}</text>`;
}

function label(x: number, y: number, text: string, anchor: 'start' | 'end', colour = '#222222'): string {
  return `<text x="${x}" y="${y + 4}" text-anchor="${anchor}" fill="${colour}">${escaped(text)}</text>`;
}

function small(x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" text-anchor="middle" font-size="11" fill="#555555">${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
