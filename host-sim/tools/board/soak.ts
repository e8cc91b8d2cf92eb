import { Problem } from '../../cli/problem';
import { DEFAULT_BOARD } from '../../packages/boards';
import { loadSpeaker } from '../../packages/speaker';
import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { CompilerError } from '../../sim/xs/build';
import { XsError } from '../../sim/xs/run-bundle';
import { type DayRun, type Hour, runDay } from '../../sim/xs/run-day';
import { dayTable } from './day-table';

export interface SoakOptions {
  readonly hours: number;
  /** Of a word: the chip's 32, or 64. */
  readonly bits: NonNullable<DayRun['bits']>;
  readonly json?: boolean;
}

/** Returns the exit code. @throws Problem */
export async function soak({ hours: count, bits, json }: SoakOptions): Promise<number> {
  const speaker = await loadSpeaker({
    wake: [DEFAULT_WAKE_WORD],
    grammar: undefined,
    board: DEFAULT_BOARD,
  });
  const hours: Hour[] = [];
  try {
    for await (const hour of runDay({ speaker, hours: count, bits })) {
      hours.push(hour);
      if (json) console.log(JSON.stringify(hour));
    }
  } catch (error) {
    if (error instanceof CompilerError) throw new Problem(error.message);
    if (!(error instanceof XsError)) throw error;
    console.error(`earshot: after hour ${hours.at(-1)?.hour ?? 0}: ${error.message}`);
    return 1;
  } finally {
    if (!json && hours.length > 0) console.log(dayTable(hours));
  }
  return 0;
}
