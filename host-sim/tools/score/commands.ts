/** `npm run commands:score`: how many recorded commands are understood, whole, with a grammar of one's own. */
import { loadNeededCommands } from '../../packages/speaker';
import type { ChannelChoice } from '../../sim/audio/channels';
import type { Judge } from '../../sim/wasm/wasm-ear';
import {
  describeAccepted,
  describeConfusions,
  describeMean,
  describeMistakes,
  describeScore,
  describeSpeed,
} from './commands-report';
import type { CommandsSetup, CommandsTask, Heard } from './commands-worker';
import { type Answer, isDone, type Score, scoreOf } from './count';
import { labelled, labelsBeside, labelsOfFile, WORDS_BESIDE } from './labels';
import { playTasks } from './progress';
import { type Reading, readingsOf } from './readings';
import { describeSaid } from './said-report';
import { readable, readSound, recordingsIn } from './sounds';

/** A made voice begins with its first sound, which a phone model that was just switched on would miss. */
const READING_LEAD_MS = 500;

export interface CommandsOptions {
  readonly paths: readonly string[];
  readonly grammar?: string;
  /** Another phone model than the one that ships. */
  readonly phones?: string;
  /** JSON with the meaning of each recording; without it words stand beside each. */
  readonly labels?: string;
  readonly noise?: string;
  /** Besides without noise. */
  readonly levelsDb: readonly number[];
  /** Recordings of which nothing should be understood. */
  readonly outOfGrammar: readonly string[];
  readonly seconds?: number;
  readonly channel?: ChannelChoice;
  /** Tables of sentences with what they mean, `none` where nothing should be done. */
  readonly said: readonly string[];
  /** Where they are spoken: a folder for each voice. */
  readonly readings?: string;
  /** In place of the decoder's own. */
  readonly judge?: Judge;
  readonly details?: boolean;
  readonly json?: boolean;
}

/** Returns the exit code. @throws Problem */
export async function score(options: CommandsOptions): Promise<number> {
  const { channel } = options;
  const listed = options.paths.length > 0 ? recordingsIn(options.paths) : [];
  const found = await readable([...listed, ...recordingsIn(options.outOfGrammar)], channel);
  const isListed = new Set(listed);
  const others = found.paths.filter((path) => !isListed.has(path));
  const commands = labelledOf(
    found.paths.filter((path) => isListed.has(path)),
    options.labels,
  );
  const readings = options.said.length > 0 ? readingsOf(options.said, options.readings) : [];
  const setup = await setupOf(options);
  const startMs = performance.now();
  const recordings = [...commands.map(({ path }) => path), ...others];
  const tasks = [
    ...recordings.map((path) => ({ path, leadMs: 0 })),
    ...readings.map(({ path }) => ({ path, leadMs: READING_LEAD_MS })),
  ];
  const played = await play(setup, tasks);
  const heard = played.slice(0, recordings.length);
  const saidHeard = played.slice(heard.length);
  const answers = setup.names.map((_, level) =>
    commands.map(
      (command, index): Answer => ({ ...command, heard: heard[index]?.understood[level] ?? null }),
    ),
  );
  const scores = answers.map(scoreOf);
  if (commands.length > 0) report(setup.names, answers, scores, options.details === true);
  const accepted = setup.names.map(
    (_, level) =>
      heard.slice(commands.length).filter(({ understood }) => isDone(understood[level] ?? null)).length,
  );
  if (others.length > 0) console.log(describeAccepted(setup.names, accepted, others.length));
  if (readings.length > 0) reportSaid(setup.names, readings, saidHeard, options.details === true);
  const samples = played.reduce((sum, each) => sum + each.samples, 0) * setup.names.length;
  console.log(describeSpeed(samples, (performance.now() - startMs) / 1000));
  if (options.json) {
    const outOfGrammar = { accepted: accepted[0] ?? 0, of: others.length };
    console.log(JSON.stringify(summaryOf(setup.levelsDb, scores, outOfGrammar)));
  }
  return found.exitCode;
}

function labelledOf(recordings: readonly string[], labelFile: string | undefined): Omit<Answer, 'heard'>[] {
  if (recordings.length === 0) return [];
  return labelFile === undefined
    ? labelled(recordings, labelsBeside, WORDS_BESIDE)
    : labelled(recordings, labelsOfFile(labelFile), `its name in ${labelFile}`);
}

async function setupOf(
  options: CommandsOptions,
): Promise<CommandsSetup & { readonly names: readonly string[] }> {
  const { seconds = Number.POSITIVE_INFINITY } = options;
  const levelsDb = options.noise === undefined ? [] : options.levelsDb;
  const commands = await loadNeededCommands(options.grammar, options.phones);
  const noise = options.noise === undefined ? undefined : await readSound(options.noise);
  return {
    commands,
    judge: options.judge,
    seconds,
    channel: options.channel,
    noise,
    levelsDb,
    names: ['clean', ...levelsDb.map((level) => `${level} dB`)],
  };
}

function play(setup: CommandsSetup, sounds: readonly Omit<CommandsTask, 'seed'>[]): Promise<Heard[]> {
  const tasks = sounds.map((sound, seed): CommandsTask => ({ ...sound, seed }));
  return playTasks(new URL('./commands-worker.ts', import.meta.url), setup, tasks, ({ path }) => path);
}

function report(
  names: readonly string[],
  answers: readonly (readonly Answer[])[],
  scores: readonly Score[],
  withDetails: boolean,
): void {
  scores.forEach((score, level) => {
    console.log(describeScore(names[level] as string, score));
    for (const line of describeConfusions(score, withDetails)) console.log(line);
  });
  if (scores.length > 2) console.log(describeMean(scores.slice(1)));
  if (withDetails) for (const line of describeMistakes(answers[0] ?? [])) console.log(line);
}

function reportSaid(
  names: readonly string[],
  readings: readonly Reading[],
  heard: readonly Heard[],
  withDetails: boolean,
): void {
  names.forEach((name, level) => {
    const answers = readings.map((reading, index) => ({
      ...reading,
      heard: heard[index]?.understood[level] ?? null,
    }));
    for (const line of describeSaid(name, answers, withDetails)) console.log(line);
  });
}

/** Where there are no commands, refusing is what is right. */
function summaryOf(
  levelsDb: readonly number[],
  [clean, ...noisy]: readonly Score[],
  { accepted, of }: { readonly accepted: number; readonly of: number },
): object {
  const others = of > 0 ? { outOfGrammar: { accepted: accepted / of, n: of } } : {};
  if (!clean || clean.of === 0)
    return { accuracy: (of - accepted) / of, n: of, rejected: of - accepted, bySnr: {}, ...others };
  const bySnr = noisy.map((score, index) => [levelsDb[index], score.right / score.of]);
  return {
    accuracy: clean.right / clean.of,
    n: clean.of,
    rejected: clean.refused,
    bySnr: Object.fromEntries(bySnr),
    ...others,
  };
}
