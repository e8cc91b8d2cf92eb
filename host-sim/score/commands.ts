/** `npm run commands:score`: how many recorded commands are understood, whole, with a grammar of one's own. */
import { parse } from '../command-line/arguments';
import { Problem } from '../command-line/problem';
import { runCommand } from '../command-line/run-command';
import { loadCommands } from '../parts/speaker-parts';
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
import { type Labels, labelsBeside, labelsOfFile } from './labels';
import { levelsOf, positive } from './options';
import { runTasks } from './pool';
import { showProgress } from './progress';
import { readSound, recordingsIn } from './sounds';

const HELP = `npm run commands:score -- --grammar FILE [options] FOLDER…

Plays recorded commands to the speaker, already awake, and counts those of which the whole command was understood.

  --grammar FILE          the commands (.grammar, or the benchmark's .yaml; models/home/home.grammar)
  --labels FILE           JSON: {"recording": {"intent": …, "slots": {…}}}; else a .txt with the words beside each recording
  --noise FILE            a recording of noise …
  --snr 6,9,12            … mixed in at these distances in dB, besides the clean recordings
  --out-of-grammar FOLDER recordings that are no commands of this grammar: counts those accepted all the same
  --seconds N             only the first N seconds of each recording
  --details               each recording that was not right, and every confusion
  --json                  the result as one JSON line at the end: accuracy and rejected (a count) without noise`;

const OPTIONS = {
  grammar: { type: 'string' },
  labels: { type: 'string' },
  noise: { type: 'string' },
  snr: { type: 'string', default: '6,9,12,15,18,21,24' },
  'out-of-grammar': { type: 'string', multiple: true },
  seconds: { type: 'string', default: 'Infinity' },
  details: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parse<typeof OPTIONS>>['values'];

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const commands = labelled(positionals, values.labels);
  const others = recordingsIn(values['out-of-grammar'] ?? []);
  if (commands.length + others.length === 0)
    throw new Problem('no recordings given: name files or folders (--help tells more)');
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

/** The recordings that have a label. */
function labelled(paths: readonly string[], labelFile: string | undefined): Omit<Answer, 'heard'>[] {
  const labels: Labels = labelFile === undefined ? labelsBeside : labelsOfFile(labelFile);
  const files = recordingsIn(paths);
  const found = files.flatMap((path) => {
    const label = labels(path);
    return label ? [{ path, label }] : [];
  });
  if (files.length > 0 && found.length === 0) throw new Problem('none of the recordings has a label');
  return found;
}

async function setupOf(values: Values): Promise<CommandsSetup & { readonly names: readonly string[] }> {
  const seconds = positive('--seconds', values.seconds);
  const levelsDb = values.noise === undefined ? [] : levelsOf(values.snr);
  const commands = await loadCommands(values.grammar);
  if (!commands) throw new Problem('there is no phone model in models/phones');
  const noise = values.noise === undefined ? undefined : await readSound(values.noise);
  return { commands, seconds, noise, levelsDb, names: ['clean', ...levelsDb.map((level) => `${level} dB`)] };
}

function play(setup: CommandsSetup, paths: readonly string[]): Promise<Heard[]> {
  const tasks = paths.map((path, seed): CommandsTask => ({ path, seed }));
  const module = new URL('./commands-worker.ts', import.meta.url);
  const progress = showProgress(paths);
  return runTasks<CommandsSetup, CommandsTask, Heard>(module, setup, tasks, (_, index) =>
    progress.done(index),
  ).finally(() => progress.clear());
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

void runCommand(main);
