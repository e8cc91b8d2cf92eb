import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_WAKE_WORD } from '../../cli/arguments';
import { command, type Values } from '../../cli/command';
import { Problem } from '../../cli/problem';
import { runCommand } from '../../cli/run-command';
import { DEFAULT_BOARD } from '../../packages/boards';
import { loadSpeakerParts, ROOT } from '../../packages/speaker-parts';
import { ESP32_S3_MACHINE } from '../../sim/xs/machine-size';
import { type Hour, runDay } from '../../sim/xs/run-day';
import {
  budgetTable,
  excesses,
  type HeapFigure,
  type HeapFigures,
  heapFiguresIn,
  heapPart,
  tableIn,
  withTable,
} from './budget-table';
import { measure } from './measure';

const HELP = `npm run budgets -- [options]

Measures what the firmware takes of the chip's memory, prints the table, and holds it to its limits.

  --write   writes the table into boards/BUDGETS.md
  --day     also lets the firmware live through a day in XS, for the size of JavaScript's heap: takes minutes

Exit code: 0 all within limits, 1 something is not, 2 a tool is missing.`;

const OPTIONS = {
  write: { type: 'boolean', default: false },
  day: { type: 'boolean', default: false },
} as const;

const PAGE = join(ROOT, 'boards/BUDGETS.md');

async function budgets(values: Values<typeof OPTIONS>): Promise<number> {
  const page = readFileSync(PAGE, 'utf8');
  const measurements = await measure();
  const heap = values.day ? await measureHeap() : heapFiguresIn(tableIn(page) ?? '');
  const table = budgetTable(measurements, heap ? heapPart({ ...heap, size: ESP32_S3_MACHINE }) : '');
  console.log(table);
  // read again: a day is long, and somebody may have written meanwhile
  if (values.write) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), table));
  const problems = excesses(measurements);
  for (const problem of problems) console.error(`earshot: over its budget: ${problem}`);
  return problems.length > 0 ? 1 : 0;
}

/** In a machine of 32 bits, whose slots are as large as the chip's. */
async function measureHeap(): Promise<Omit<HeapFigures, 'size'>> {
  const parts = await loadSpeakerParts({
    wake: [DEFAULT_WAKE_WORD],
    grammar: undefined,
    board: DEFAULT_BOARD,
  });
  const hours: Hour[] = [];
  for await (const hour of runDay({ parts, bits: 32 })) {
    hours.push(hour);
    console.error(`hour ${hour.hour}`);
  }
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last || first === last) throw new Problem('the day in XS told nothing');
  return { atBoot: figureOf(first), afterADay: figureOf(last) };
}

function figureOf({ memory }: Hour): HeapFigure {
  return { slots: memory.slots, chunkBytes: memory.chunkBytes, stackSlots: memory.stackSlotsPeak };
}

runCommand(command({ name: 'budgets', help: HELP, options: OPTIONS }, budgets));
