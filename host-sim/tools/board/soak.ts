import { DEFAULT_WAKE_WORD } from '../../cli/arguments';
import { command, type Values } from '../../cli/command';
import { Problem } from '../../cli/problem';
import { runCommand } from '../../cli/run-command';
import { DEFAULT_BOARD } from '../../packages/boards';
import { loadSpeakerParts } from '../../packages/speaker-parts';
import { CompilerError } from '../../sim/xs/build';
import { XsError } from '../../sim/xs/run-bundle';
import { type DayRun, type Hour, runDay } from '../../sim/xs/run-day';
import { dayTable } from './day-table';

const HELP = `npm run soak [-- options]

Lets the chip's firmware live through a day in the real XS, in a machine of the chip's size, in a house in which much
happens, and shows what its memory holds at the end of every hour. Takes minutes, and a C compiler.

  --hours COUNT  of the firmware's time (24)
  --bits 32|64   of a word: the chip's 32 (needs gcc-multilib on Debian), or 64 (32)
  --json         one hour a line, for tools

Exit code: 0 lived through, 1 the machine ended before its time, 2 an option is wrong or there is no compiler.`;

const OPTIONS = {
  hours: { type: 'string', default: '24' },
  bits: { type: 'string', default: '32' },
  json: { type: 'boolean', default: false },
} as const;

const MOST_HOURS = 1_000;

async function soak(values: Values<typeof OPTIONS>): Promise<number> {
  const wanted = { hours: parseHours(values.hours), bits: parseBits(values.bits) };
  const parts = await loadSpeakerParts({
    wake: [DEFAULT_WAKE_WORD],
    grammar: undefined,
    board: DEFAULT_BOARD,
  });
  const hours: Hour[] = [];
  try {
    for await (const hour of runDay({ parts, ...wanted })) {
      hours.push(hour);
      if (values.json) console.log(JSON.stringify(hour));
    }
  } catch (error) {
    if (error instanceof CompilerError) throw new Problem(error.message);
    if (!(error instanceof XsError)) throw error;
    console.error(`earshot: after hour ${hours.at(-1)?.hour ?? 0}: ${error.message}`);
    return 1;
  } finally {
    if (!values.json && hours.length > 0) console.log(dayTable(hours));
  }
  return 0;
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (text.trim() !== '' && Number.isInteger(hours) && hours >= 1 && hours <= MOST_HOURS) return hours;
  throw new Problem(`--hours '${text}': a whole number from 1 to ${MOST_HOURS} would be right`);
}

function parseBits(text: string): NonNullable<DayRun['bits']> {
  if (text === '32') return 32;
  if (text === '64') return 64;
  throw new Problem(`--bits '${text}': 32 or 64 would be right`);
}

void runCommand(command({ name: 'soak', help: HELP, options: OPTIONS }, soak));
