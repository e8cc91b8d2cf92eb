/** `npm run commands:score`: how many recorded commands are understood, whole, with a grammar of one's own. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readRecording } from '../audio/recording';
import { AudioError, SAMPLE_RATE } from '../audio/sound';
import { findRecordings } from '../audio/sources';
import { parse } from '../command-line/arguments';
import { Problem } from '../command-line/problem';
import { runCommand } from '../command-line/run-command';
import { terminalOf } from '../command-line/terminal';
import { loadCommands } from '../parts/speaker-parts';
import { Progress } from '../timeline/progress';
import { type Result, type Sample, type Score, scoreAll } from './count';
import { describeShare, wilsonInterval } from './interval';
import { labelsBeside, labelsOfFile } from './labels';
import { withNoise } from './noise';

const HELP = `npm run commands:score -- --grammar FILE [options] FOLDER…

Plays recorded commands to the speaker, already awake, and counts those of which the whole command was understood.

  --grammar FILE          the commands (.grammar, or the benchmark's .yaml; models/home/home.grammar)
  --labels FILE           JSON: {"recording": {"intent": …, "slots": {…}}}; else a .txt with the words beside each recording
  --noise FILE            a recording of noise …
  --snr 6,9,12            … mixed in at these distances in dB, besides the clean recordings
  --out-of-grammar        the recordings are no commands of this grammar: counts those accepted all the same
  --seconds N             only the first N seconds of each recording
  --details               each recording that was not right
  --json                  the result as one JSON line at the end`;

const OPTIONS = {
  grammar: { type: 'string' },
  labels: { type: 'string' },
  noise: { type: 'string' },
  snr: { type: 'string', default: '6,9,12,15,18,21,24' },
  'out-of-grammar': { type: 'boolean', default: false },
  seconds: { type: 'string', default: 'Infinity' },
  details: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Level = 'clean' | number;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const commands = await loadCommands(values.grammar);
  if (!commands) throw new Problem('there is no phone model in models/phones');
  const samples = await readSamples(positionals, positive('--seconds', values.seconds));
  const labels = values.labels === undefined ? labelsBeside : labelsOfFile(values.labels);
  const noise = values.noise === undefined ? undefined : await readSound(values.noise);
  const startMs = performance.now();
  const scores = new Map<Level, Score>();
  const levels: Level[] = noise ? values.snr.split(',').map((text) => positive('--snr', text)) : [];
  for (const level of ['clean', ...levels] as const) {
    const noisy = level === 'clean' || !noise ? samples : mixed(samples, noise, level);
    const show = showing(noisy.length, values.details);
    const score = scoreAll(commands, noisy, values['out-of-grammar'] ? undefined : labels, show.result);
    show.end();
    if (score.of === 0) throw new Problem('none of the recordings has a label');
    scores.set(level, score);
    console.log(describe(level, score, values['out-of-grammar']));
  }
  if (levels.length > 1) console.log(describeMean(levels, scores));
  const minutes = (minutesOf(samples) * scores.size).toFixed(1);
  const seconds = (performance.now() - startMs) / 1000;
  console.log(
    `${minutes} minutes of audio in ${seconds.toFixed(1)} s, ${((Number(minutes) * 60) / seconds).toFixed(0)} × real time`,
  );
  if (values.json) console.log(JSON.stringify(summaryOf(scores)));
  return 0;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Problem(`${option} '${text}': a number above 0 would be right`);
}

async function readSound(path: string): Promise<Int16Array> {
  try {
    return (await readRecording(readFileSync(path))).pcm;
  } catch (error) {
    const isKnown = error instanceof AudioError || (error as NodeJS.ErrnoException).code !== undefined;
    throw isKnown ? new Problem(`${path}: ${(error as Error).message}`) : error;
  }
}

async function readSamples(paths: readonly string[], seconds: number): Promise<Sample[]> {
  const { files, complaints } = findRecordings(paths);
  if (complaints[0] !== undefined) throw new Problem(complaints[0]);
  if (files.length === 0) throw new Problem('no recordings given: name files or folders (--help tells more)');
  const samples: Sample[] = [];
  for (const path of files) {
    samples.push({
      path,
      pcm: (await readSound(path)).subarray(0, Math.min(seconds * SAMPLE_RATE, 2 ** 31)),
    });
  }
  return samples;
}

function mixed(samples: readonly Sample[], noise: Int16Array, snrDb: number): Sample[] {
  return samples.map(({ path, pcm }, index) => ({ path, pcm: withNoise(pcm, noise, snrDb, index) }));
}

function minutesOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { pcm }) => sum + pcm.length, 0) / SAMPLE_RATE / 60;
}

/** A progress bar, and a line for each recording that was not right where details are wanted. */
function showing(count: number, details: boolean): { result: (result: Result) => void; end: () => void } {
  const isWanted = terminalOf(process.stderr, process.env).isInteractive;
  const progress = new Progress(count, isWanted ? (text) => void process.stderr.write(text) : undefined);
  let done = 0;
  const result = ({ path, heard, different, isRight }: Result): void => {
    progress.show(++done, basename(path));
    if (!details || isRight) return;
    progress.clear();
    const what = heard
      ? `heard “${heard.words}” (${heard.confidence}), wrong: ${different.join(', ') || '–'}`
      : 'refused';
    console.log(`${basename(path)}: ${what}`);
  };
  return { result, end: () => progress.clear() };
}

function describe(level: Level, { right, refused, of, wrong }: Score, isOutOfGrammar: boolean): string {
  const name = (level === 'clean' ? level : `${level} dB`).padStart(6);
  if (isOutOfGrammar) return `${name}  accepted ${describeShare({ count: of - refused, of })}`;
  const slots = [...wrong].sort((a, b) => b[1] - a[1]).map(([slot, count]) => `${slot} ${count}`);
  const mistakes = slots.length > 0 ? `, wrong: ${slots.join(', ')}` : '';
  return `${name}  right ${describeShare({ count: right, of })}, refused ${refused}${mistakes}`;
}

/** Of the noisy levels, each counting the same. */
function describeMean(levels: readonly Level[], scores: ReadonlyMap<Level, Score>): string {
  const shares = levels.map((level) => scores.get(level) as Score).map(({ right, of }) => right / of);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return `  mean  right ${(mean * 100).toFixed(1).padStart(5)} % over the levels of noise`;
}

function summaryOf(scores: ReadonlyMap<Level, Score>): object {
  const { right, refused, of } = scores.get('clean') as Score;
  return {
    accuracy: right / of,
    n: of,
    rejected: refused,
    interval: wilsonInterval({ count: right, of }),
    bySnr: Object.fromEntries([...scores].map(([level, score]) => [level, score.right / score.of])),
  };
}

void runCommand(main);
