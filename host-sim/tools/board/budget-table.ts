import { coreLoadTable, type EarParts, earLoad, total } from './core-load';
import { coreZeroTable } from './core-zero';
import { FLASH_SIZES_MIB, flashExcesses, flashTable } from './flash-table';
import { type Budget, type Measurements, sum } from './measure';

/** What XS holds in its machine: after the boot, and when a day has gone by. */
export interface HeapFigures {
  readonly atBoot: HeapFigure;
  readonly afterADay: HeapFigure;
  readonly size: HeapFigure;
  /** Of XS, the mean of the day. */
  readonly stepsPerSecond: number;
}

export interface HeapFigure {
  readonly slots: number;
  readonly chunkBytes: number;
  readonly stackSlots: number;
}

const BEGIN = '<!-- budgets: made by npm run budgets -->';
const END = '<!-- /budgets -->';
const HEAP_HEADING = '**JavaScript’s machine**';
/** A figure may move by so much before the table counts as stale. */
const TOLERANCE = 0.05;

export function budgetTable(
  { budgets, takenBytes, boards, ear }: Measurements,
  heap: HeapFigures | undefined,
): string {
  const sections = [
    ...budgets.map(budgetSection),
    ...FLASH_SIZES_MIB.map((size) => flashTable(size, takenBytes)),
    ...(ear ? [coreLoadTable(ear)] : []),
    ...(heap ? [coreZeroTable(heap.stepsPerSecond)] : []),
    [
      '**Boards**',
      '',
      '| board | flash | PSRAM | sound buffers, in and out | internal RAM for hearing |',
      '| --- | --- | --- | --- | --- |',
      ...boards.map(
        ({ name, flashMiB, psramMiB, soundBytes, hearingBytes }) =>
          `| ${name} | ${flashMiB} MiB | ${psramMiB} MiB | ${number(soundBytes)} | ${number(hearingBytes)} |`,
      ),
    ].join('\n'),
    heap ? heapSection(heap) : '',
  ];
  return sections.join('\n\n');
}

function budgetSection({ name, shares, limit }: Budget): string {
  const total = sum(shares);
  return [
    `**${name}**`,
    '',
    '| what | bytes |',
    '| --- | --- |',
    ...shares.map(({ what, bytes }) => `| ${what} | ${number(bytes)} |`),
    `| together | ${number(total)} of ${number(limit)} |`,
  ].join('\n');
}

export function heapSection({ atBoot, afterADay, size, stepsPerSecond }: HeapFigures): string {
  const row = (what: string, pick: (figure: HeapFigure) => number) =>
    `| ${what} | ${[atBoot, afterADay, size].map((figure) => number(pick(figure))).join(' | ')} |`;
  return [
    HEAP_HEADING,
    '',
    '| | a minute after boot | after 24 hours | size of the machine |',
    '| --- | --- | --- | --- |',
    row('slots of 16 bytes', ({ slots }) => slots),
    row('chunk bytes', ({ chunkBytes }) => chunkBytes),
    row('stack slots, at most', ({ stackSlots }) => stackSlots),
    '',
    `XS takes ${number(stepsPerSecond)} steps a second, the mean of the day.`,
  ].join('\n');
}

/** What of a page lies between the marks, or undefined where there are none. */
export function tableIn(page: string): string | undefined {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  return begin < 0 || end < begin ? undefined : page.slice(begin + BEGIN.length, end).trim();
}

/** The page with this table between its marks. Throws RangeError where there are none. */
export function withTable(page: string, table: string): string {
  if (tableIn(page) === undefined) throw new RangeError(`no ${BEGIN} … ${END}`);
  return `${page.slice(0, page.indexOf(BEGIN) + BEGIN.length)}\n${table}\n${page.slice(page.indexOf(END))}`;
}

/** What a table says of the heap, which takes long to measure; undefined where it says nothing. */
export function heapFiguresIn(table: string): Omit<HeapFigures, 'size'> | undefined {
  const rows = table
    .slice(Math.max(0, table.indexOf(HEAP_HEADING)))
    .split('\n')
    .filter((row) => /^\|.*\d/.test(row));
  const [slots, chunkBytes, stackSlots] = rows
    .slice(-3)
    .map((row) => figures(row.split('|').slice(2).join('|')));
  const [stepsPerSecond] = figures(/XS takes [\d,]+ steps/.exec(table)?.[0] ?? '');
  if (!table.includes(HEAP_HEADING) || !slots || !chunkBytes || !stackSlots || stepsPerSecond === undefined)
    return undefined;
  const column = (index: number): HeapFigure => ({
    slots: slots[index] ?? NaN,
    chunkBytes: chunkBytes[index] ?? NaN,
    stackSlots: stackSlots[index] ?? NaN,
  });
  return { atBoot: column(0), afterADay: column(1), stepsPerSecond };
}

/** The rows of `written` that `measured` does not bear out: other words, or figures that have moved. */
export function staleRows(written: string, measured: string): string[] {
  const old = written.split('\n');
  const fresh = measured.split('\n');
  return [
    ...fresh.filter((row) => !old.some((other) => isNear(other, row))),
    ...old.filter((row) => !fresh.some((other) => isNear(row, other))),
  ];
}

function isNear(a: string, b: string): boolean {
  if (a.replaceAll(FIGURE, '#') !== b.replaceAll(FIGURE, '#')) return false;
  const [first, second] = [figures(a), figures(b)];
  return first.every((value, index) => {
    const other = second[index] ?? NaN;
    return Math.abs(value - other) <= TOLERANCE * Math.max(value, other);
  });
}

/** Every budget that is not kept, a sentence each. */
export function excesses({ budgets, takenBytes, boards, ear }: Measurements): string[] {
  const [hearing] = budgets;
  return [
    ...budgets
      .filter(({ shares, limit }) => sum(shares) > limit)
      .map(({ name, shares, limit }) => `${name}: ${number(sum(shares))} bytes of ${number(limit)}`),
    ...FLASH_SIZES_MIB.flatMap((size) => flashExcesses(size, takenBytes)),
    ...(ear ? wakeExcess(ear) : []),
    ...boards
      .filter(({ hearingBytes }) => hearing && hearingBytes > hearing.limit)
      .map(({ name, hearingBytes }) => `${name}: ${number(hearingBytes)} bytes of internal RAM for hearing`),
  ];
}

/** While nobody calls, most of the core belongs to others. */
const ASLEEP_SHARE = 0.25;

function wakeExcess(ear: EarParts): string[] {
  const [, most] = total(earLoad(ear, 'flash').asleep);
  return most > ASLEEP_SHARE ? [`asleep the ear takes ${(most * 100).toFixed(0)} % of its core`] : [];
}

const FIGURE = /\d[\d,]*/g;

function figures(row: string): number[] {
  return (row.match(FIGURE) ?? []).map((text) => Number(text.replaceAll(',', '')));
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
