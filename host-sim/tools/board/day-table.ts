import type { Hour } from '../../sim/xs/run-day';

type Column = readonly [title: string, figure: (hour: Hour) => number];

const COLUMNS: readonly Column[] = [
  ['hour', ({ hour }) => hour],
  ['slots', ({ memory }) => memory.slots],
  ['chunk bytes', ({ memory }) => memory.chunkBytes],
  ['stack peak', ({ memory }) => memory.stackSlotsPeak],
  ['names', ({ memory }) => memory.names],
  ['wakes', ({ lines }) => lines.wakeWordHeard ?? 0],
  ['commands', ({ lines }) => lines.commandHeard ?? 0],
  ['mute edges', ({ lines }) => lines.muteChanged ?? 0],
  ['link edges', ({ lines }) => lines.linkChanged ?? 0],
  ['timers', ({ lines }) => lines.timerStarted ?? 0],
  ['flash writes', ({ written }) => written],
];

/** What is in memory at the end of each hour, after a collection of garbage, and what had happened until then. */
export function dayTable(hours: readonly Hour[]): string {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...hours.map((hour) => COLUMNS.map(([, figure]) => figure(hour).toLocaleString('en-US'))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
}
