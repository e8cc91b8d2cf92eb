/** `npm run commands:score`: how many recorded commands are understood, whole, with a grammar of one's own. */
import { checkWords } from '../command-line/arguments';
import { command, type Values } from '../command-line/command';
import { Problem } from '../command-line/problem';
import { runCommand } from '../command-line/run-command';
import { loadNeededCommands } from '../parts/speaker-parts';
import type { Judge } from '../wasm/wasm-ear';
import {
  describeAccepted,
  describeConfusions,
  describeMean,
  describeMistakes,
  describeScore,
  describeSpeed,
} from './commands-report';
import type { CommandsSetup, CommandsTask, Heard } from './commands-worker';
import { type Answer, type Score, scoreOf } from './count';
import { labelled, labelsBeside, labelsOfFile, WORDS_BESIDE } from './labels';
import { levelsOf, positive } from './options';
import { playTasks } from './progress';
import { readSound, recordingsIn } from './sounds';

const HELP = `npm run commands:score -- --grammar FILE [options] FOLDER…

Plays recorded commands to the speaker, already awake, and counts those of which the whole command was understood.

  --grammar FILE          the commands (.grammar, or the benchmark's .yaml; models/home/home.grammar)
  --labels FILE           JSON: {"recording": {"intent": …, "slots": {…}}}; without it a .txt beside each recording has
                          its words
  --noise FILE            a recording of noise …
  --snr 6,9,12            … mixed in at these distances in dB, besides the clean recordings
  --out-of-grammar FOLDER recordings that are no commands of this grammar: counts those accepted all the same
  --seconds N             only the first N seconds of each recording
  --judge A,W,S,C,R       other limits than the decoder's own: nats that each phone may lose, that a stretch may, confidences
                          for any intent and for careful ones, nats of each phone where anything may follow
  --details               each recording that was not right, and every confusion
  --json                  the result as one JSON line at the end: accuracy and rejected (a count) without noise`;

const OPTIONS = {
  grammar: { type: 'string' },
  labels: { type: 'string' },
  noise: { type: 'string' },
  snr: { type: 'string', default: '6,9,12,15,18,21,24' },
  'out-of-grammar': { type: 'string', multiple: true },
  seconds: { type: 'string', default: 'Infinity' },
  judge: { type: 'string' },
  details: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const RECORDINGS = { name: 'recording', hint: 'name files or folders', most: Number.POSITIVE_INFINITY };

async function score(values: Values<typeof OPTIONS>, paths: readonly string[]): Promise<number> {
  const others = recordingsIn(values['out-of-grammar'] ?? []);
  checkWords('commands:score', paths, { ...RECORDINGS, least: others.length > 0 ? 0 : 1 });
  const commands = paths.length > 0 ? labelledIn(paths, values.labels) : [];
  const setup = await setupOf(values);
  const startMs = performance.now();
  const heard = await play(setup, [...commands.map(({ path }) => path), ...others]);
  const answers = setup.names.map((_, level) =>
    commands.map(
      (command, index): Answer => ({ ...command, heard: heard[index]?.understood[level] ?? null }),
    ),
  );
  const scores = answers.map(scoreOf);
  if (commands.length > 0) report(setup.names, answers, scores, values.details);
  const accepted = setup.names.map(
    (_, level) => heard.slice(commands.length).filter(({ understood }) => understood[level] !== null).length,
  );
  if (others.length > 0) console.log(describeAccepted(setup.names, accepted, others.length));
  const samples = heard.reduce((sum, each) => sum + each.samples, 0) * setup.names.length;
  console.log(describeSpeed(samples, (performance.now() - startMs) / 1000));
  if (values.json) {
    const outOfGrammar = { accepted: accepted[0] ?? 0, of: others.length };
    console.log(JSON.stringify(summaryOf(setup.levelsDb, scores, outOfGrammar)));
  }
  return 0;
}

function labelledIn(paths: readonly string[], labelFile: string | undefined): Omit<Answer, 'heard'>[] {
  const recordings = recordingsIn(paths);
  return labelFile === undefined
    ? labelled(recordings, labelsBeside, WORDS_BESIDE)
    : labelled(recordings, labelsOfFile(labelFile), `its name in ${labelFile}`);
}

async function setupOf(
  values: Values<typeof OPTIONS>,
): Promise<CommandsSetup & { readonly names: readonly string[] }> {
  const seconds = positive('--seconds', values.seconds);
  const wantedDb = levelsOf(values.snr);
  const levelsDb = values.noise === undefined ? [] : wantedDb;
  const commands = await loadNeededCommands(values.grammar);
  const noise = values.noise === undefined ? undefined : await readSound(values.noise);
  return {
    commands,
    judge: judgeOf(values.judge),
    seconds,
    noise,
    levelsDb,
    names: ['clean', ...levelsDb.map((level) => `${level} dB`)],
  };
}

function judgeOf(text: string | undefined): Judge | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map(Number);
  const [allowedNats, worstNats, accepted, careful, anythingNats] = numbers;
  const inOrder = [allowedNats, worstNats, accepted, careful, anythingNats];
  if (numbers.length !== 5 || inOrder.some((number) => number === undefined || !(number >= 0)))
    throw new Problem(`--judge '${text}': five numbers, parted by commas, would be right`);
  return { allowedNats, worstNats, accepted, careful, anythingNats } as Judge;
}

function play(setup: CommandsSetup, paths: readonly string[]): Promise<Heard[]> {
  const tasks = paths.map((path, seed): CommandsTask => ({ path, seed }));
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

const words = { ...RECORDINGS, least: 0 };
void runCommand(command({ name: 'commands:score', help: HELP, options: OPTIONS, words }, score));
