/** `npm run wake:look`: what the second look costs in missed words and saves in false wakes, and which points of a wake
 * word to write into its model.json. */
import { SENSITIVITIES } from '../../../firmware/core/wake-points';
import { Problem } from '../../cli/problem';
import { hearingOf, loadNeededCommands, loadSpokenWakeWord } from '../../packages/speaker';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { backgroundsOf, type Condition, nameOf } from './conditions';
import { bestWithin, type Outcome, outcomeAt } from './look-points';
import type { Looked, LookSetup, LookTask } from './look-worker';
import { playTasks } from './progress';
import { readable, readSounds, recordingsIn, talkIn } from './sounds';

export interface LookOptions {
  /** Recordings of the word, and without it. */
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
  readonly noise?: string;
  readonly snrDb: number;
  readonly talk: readonly string[];
  /** False wakes that each sensitivity may have. */
  readonly perHour: readonly number[];
  /** Another phone model than the one that ships. */
  readonly phones?: string;
  readonly json?: boolean;
}

const CUTOFFS = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 0.9];
const SHOWN_LOSSES = [1, 1.5, 2, 2.25, 2.5, 2.75, 3, 3.5];
const LOSSES = Array.from({ length: 81 }, (_, index) => index * 0.05);
const ANY_LOSS = 99;

/** Returns the exit code. @throws Problem */
export async function look(model: string, options: LookOptions): Promise<number> {
  const { perHour: budgets, noise, snrDb } = options;
  const withWord = await readable(recordingsIn(options.positives));
  const without = await readable(recordingsIn(options.negatives));
  const condition = conditionOf(noise, snrDb, talkIn(options.talk));
  const setup = await setUp(model, condition, options.phones);
  const positives = await hear(setup, withWord.paths, condition);
  const negatives = await hear(setup, without.paths, { kind: 'clean' });
  const hours = negatives.reduce((sum, { samples }) => sum + samples, 0) / SAMPLE_RATE / 3600;
  const { unsureLossNats } = setup.word.points.normal;
  show(positives, negatives, hours, nameOf(condition), unsureLossNats);
  const all = CUTOFFS.flatMap((lookCutoff) =>
    LOSSES.map((lookLossNats) =>
      outcomeAt(positives, negatives, { lookCutoff, lookLossNats, unsureLossNats }),
    ),
  );
  const suggested = budgets.map((perHour) => bestWithin(all, perHour * hours));
  suggested.forEach((point, index) => {
    console.log(describe(SENSITIVITIES[index] as string, budgets[index] as number, point, positives.length));
  });
  if (options.json) console.log(JSON.stringify({ n: positives.length, hours, suggested }));
  return withWord.exitCode || without.exitCode;
}

function conditionOf(noise: string | undefined, snrDb: number, talk: readonly string[]): Condition {
  const steady: Condition = noise === undefined ? { kind: 'clean' } : { kind: 'noise', noise, snrDb };
  return talk.length > 0 ? { kind: 'talk', talk, within: steady } : steady;
}

async function setUp(model: string, condition: Condition, phones: string | undefined): Promise<LookSetup> {
  const word = await loadSpokenWakeWord(model);
  if (!word.pronunciations?.length)
    throw new Problem(`${model}: how '${word.name}' is said is not known: name its "earshot.pronunciations"`);
  const backgrounds = await readSounds(backgroundsOf(condition));
  const commands = await loadNeededCommands(undefined, phones);
  return { word, hearing: hearingOf([word], commands), lookCutoff: CUTOFFS[0] as number, backgrounds };
}

function hear(setup: LookSetup, paths: readonly string[], condition: Condition): Promise<Looked[]> {
  const tasks = paths.map((path, seed): LookTask => ({ path, condition, seed }));
  return playTasks(new URL('./look-worker.ts', import.meta.url), setup, tasks, ({ path }) => path);
}

function show(
  positives: readonly Looked[],
  negatives: readonly Looked[],
  hours: number,
  condition: string,
  unsureLossNats: number,
): void {
  const looks = negatives.reduce((sum, heard) => sum + heard.looks.length, 0);
  console.log(
    `${positives.length} recordings of the word (${condition}), ${hours.toFixed(2)} hours without it`,
  );
  console.log(
    `missed / woken falsely where a phone may lose so many nats; ${looks} looks at ${CUTOFFS[0]}\n`,
  );
  const heading = SHOWN_LOSSES.map((loss) => loss.toFixed(2).padStart(10)).join('');
  console.log(`cutoff  spotter alone${heading}`);
  for (const lookCutoff of CUTOFFS) {
    const cells = [ANY_LOSS, ...SHOWN_LOSSES].map((lookLossNats) => {
      const { missed, falseWakes } = outcomeAt(positives, negatives, {
        lookCutoff,
        lookLossNats,
        unsureLossNats,
      });
      return `${missed}/${falseWakes}`;
    });
    const [alone, ...looked] = cells as [string, ...string[]];
    console.log(
      `${lookCutoff.toFixed(2).padStart(6)}${alone.padStart(15)}${looked.map((cell) => cell.padStart(10)).join('')}`,
    );
  }
  console.log();
}

function describe(name: string, perHour: number, point: Outcome | undefined, of: number): string {
  const budget = `${name.padEnd(6)} at most ${perHour} an hour:`;
  if (!point) return `${budget} no point`;
  const { lookCutoff, lookLossNats, missed, falseWakes } = point;
  const share = ((100 * missed) / of).toFixed(1);
  return `${budget} probability_cutoff ${lookCutoff}, loss_nats ${lookLossNats.toFixed(2)}: missed ${missed} of ${of} (${share} %), ${falseWakes} false`;
}
