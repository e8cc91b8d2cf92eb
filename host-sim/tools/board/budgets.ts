import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../cli/problem';
import { DEFAULT_BOARD } from '../../packages/boards';
import { ROOT } from '../../packages/root';
import { loadSpeaker } from '../../packages/speaker';
import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { ESP32_S3_MACHINE } from '../../sim/xs/machine-size';
import { type Hour, runDay } from '../../sim/xs/run-day';
import {
  budgetTable,
  excesses,
  type HeapFigure,
  type HeapFigures,
  heapFiguresIn,
  tableIn,
  withTable,
} from './budget-table';
import { measure } from './measure';

export interface BudgetsOptions {
  /** Writes the table into boards/BUDGETS.md. */
  readonly write?: boolean;
  /** Lets the firmware live through a day as well. */
  readonly day?: boolean;
}

const PAGE = join(ROOT, 'boards/BUDGETS.md');

/** Returns the exit code. @throws Problem */
export async function budgets({ write, day }: BudgetsOptions): Promise<number> {
  const page = readFileSync(PAGE, 'utf8');
  const measurements = await measure();
  const heap = day ? await measureHeap() : heapFiguresIn(tableIn(page) ?? '');
  const table = budgetTable(measurements, heap && { ...heap, size: ESP32_S3_MACHINE });
  console.log(table);
  // read again: a day is long, and somebody may have written meanwhile
  if (write) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), table));
  const problems = excesses(measurements);
  for (const problem of problems) console.error(`earshot: over its budget: ${problem}`);
  return problems.length > 0 ? 1 : 0;
}

/** In a machine of 32 bits, whose slots are as large as the chip's. */
async function measureHeap(): Promise<Omit<HeapFigures, 'size'>> {
  const speaker = await loadSpeaker({
    wake: [DEFAULT_WAKE_WORD],
    grammar: undefined,
    board: DEFAULT_BOARD,
  });
  const hours: Hour[] = [];
  for await (const hour of runDay({ speaker, bits: 32 })) {
    hours.push(hour);
    console.error(`hour ${hour.hour}`);
  }
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last || first === last) throw new Problem('the day in XS told nothing');
  return { atBoot: figureOf(first), afterADay: figureOf(last), stepsPerSecond: stepsPerSecond(hours) };
}

const HOUR_SECONDS = 3600;

/** The mean of the hours but the first, in which it booted. The machine's counter goes round within a day, not within an hour. */
function stepsPerSecond(hours: readonly Hour[]): number {
  const counts = hours.slice(1).map(({ memory }) => memory.steps);
  const steps = counts
    .slice(1)
    .reduce((sum, count, index) => sum + ((count - (counts[index] ?? 0)) >>> 0), 0);
  return Math.round(steps / ((counts.length - 1) * HOUR_SECONDS));
}

function figureOf({ memory }: Hour): HeapFigure {
  return { slots: memory.slots, chunkBytes: memory.chunkBytes, stackSlots: memory.stackSlotsPeak };
}
