/** `npm run commands:score`: how many recorded commands are understood, whole, with a grammar of one's own. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Command } from '../../firmware/core/command';
import { readRecording } from '../audio/recording';
import { runCommand } from '../command-line';
import { Problem } from '../problem';
import { findRecordings } from '../sources';
import { type Commands, loadCommands } from '../speaker-parts';
import { terminalOf } from '../terminal';
import { Progress } from '../timeline/progress';
import { describeShare, wilsonInterval } from './interval';
import { differences, type Labels, labelsBeside, labelsOfFile } from './labels';
import { withNoise } from './noise';
import { understand } from './understand';

const HELP = `npm run commands:score -- --grammar FILE [options] FOLDER…

Plays recorded commands to the speaker, already awake, and counts those of which the whole command was understood.

  --grammar FILE          the commands (.grammar, or the benchmark's .yaml)
  --labels FILE           JSON: {"recording": {"intent": …, "slots": {…}}}; else a .txt with the words beside each recording
  --noise FILE            a recording of noise …
  --snr 6,9,12            … mixed in at these distances in dB, besides the clean recordings
  --out-of-grammar        the recordings are no commands of this grammar: counts those accepted all the same
  --seconds N             only the first N seconds of each recording
  --details               each recording that was not right
  --json                  the result as one JSON line at the end`;

interface Score {
  readonly right: number;
  readonly refused: number;
  readonly of: number;
  /** How often each slot, the intent or the words were wrong in what was accepted. */
  readonly wrong: ReadonlyMap<string, number>;
}

interface Sample {
  readonly path: string;
  readonly pcm: Int16Array;
}

type Options = ReturnType<typeof parse>['values'];

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      grammar: { type: 'string' },
      labels: { type: 'string' },
      noise: { type: 'string' },
      snr: { type: 'string' },
      'out-of-grammar': { type: 'boolean', default: false },
      seconds: { type: 'string' },
      details: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  if (values.help || positionals.length === 0) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const commands = await loadCommands(values.grammar);
  if (!commands) throw new Problem('there is no phone model in models/phones');
  const samples = await readSamples(
    positionals,
    values.seconds === undefined ? undefined : Number(values.seconds),
  );
  const labels = values.labels === undefined ? labelsBeside : labelsOfFile(values.labels);
  const noise =
    values.noise === undefined ? undefined : (await readRecording(readFileSync(values.noise))).pcm;
  const levels = noise ? (values.snr ?? '6,9,12,15,18,21,24').split(',').map(Number) : [];
  const startMs = performance.now();
  const bySnr = new Map<string, Score>();
  for (const level of ['clean', ...levels] as const) {
    const heard =
      level === 'clean' || !noise
        ? samples
        : samples.map((sample, i) => ({ ...sample, pcm: withNoise(sample.pcm, noise, level, i) }));
    const score = scoreAll(commands, heard, values['out-of-grammar'] ? undefined : labels, values);
    bySnr.set(String(level), score);
    console.log(describe(level, score, values['out-of-grammar']));
  }
  const seconds = samples.reduce((sum, { pcm }) => sum + pcm.length / 16000, 0) * bySnr.size;
  const takenSeconds = (performance.now() - startMs) / 1000;
  console.log(
    `${(seconds / 60).toFixed(1)} minutes of audio in ${takenSeconds.toFixed(1)} s, ${(seconds / takenSeconds).toFixed(0)} × real time`,
  );
  if (values.json) console.log(JSON.stringify(summaryOf(bySnr)));
  return 0;
}

async function readSamples(paths: readonly string[], seconds: number | undefined): Promise<Sample[]> {
  const { files, complaints } = findRecordings(paths);
  if (complaints.length > 0) throw new Problem(complaints.join('\n'));
  const samples: Sample[] = [];
  for (const path of files) {
    const { pcm } = await readRecording(readFileSync(path));
    samples.push({ path, pcm: seconds === undefined ? pcm : pcm.subarray(0, seconds * 16000) });
  }
  return samples;
}

/** Without labels nothing can be right: then only what was accepted counts. */
function scoreAll(
  commands: Commands,
  samples: readonly Sample[],
  labels: Labels | undefined,
  options: Options,
): Score {
  const progress = new Progress(
    samples.length,
    terminalOf(process.stderr, process.env).isInteractive
      ? (text) => void process.stderr.write(text)
      : undefined,
  );
  const wrong = new Map<string, number>();
  let right = 0;
  let refused = 0;
  let of = 0;
  for (const { path, pcm } of samples) {
    const label = labels?.(path);
    if (labels && !label) continue;
    of++;
    const heard = understand(commands, pcm);
    progress.show(of, basename(path));
    if (!heard) refused++;
    const different = heard && label ? differences(label, heard) : [];
    if (heard && label && different.length === 0) right++;
    else if (options.details && (heard || label))
      console.log(`${basename(path)}: ${describeMiss(heard, different)}`);
    for (const name of different) wrong.set(name, (wrong.get(name) ?? 0) + 1);
  }
  progress.clear();
  if (of === 0) throw new Problem('none of the recordings has a label');
  return { right, refused, of, wrong };
}

function describeMiss(
  heard: (Command & { readonly confidence: number }) | undefined,
  different: readonly string[],
): string {
  return heard
    ? `heard "${heard.words}" (${heard.confidence}) wrong: ${different.join(', ') || '–'}`
    : 'refused';
}

function describe(
  level: 'clean' | number,
  { right, refused, of, wrong }: Score,
  outOfGrammar: boolean,
): string {
  const name = (level === 'clean' ? level : `${level} dB`).padStart(6);
  if (outOfGrammar) return `${name}  accepted ${describeShare({ count: of - refused, of })}`;
  const slots = [...wrong].sort((a, b) => b[1] - a[1]).map(([slot, count]) => `${slot} ${count}`);
  return `${name}  right ${describeShare({ count: right, of })}, refused ${refused}${slots.length > 0 ? `, wrong: ${slots.join(', ')}` : ''}`;
}

function summaryOf(bySnr: ReadonlyMap<string, Score>): object {
  const clean = bySnr.get('clean') as Score;
  const share = ({ right, of }: Score): number => right / of;
  return {
    accuracy: share(clean),
    n: clean.of,
    rejected: clean.refused,
    interval: wilsonInterval({ count: clean.right, of: clean.of }),
    bySnr: Object.fromEntries([...bySnr].map(([level, score]) => [level, share(score)])),
  };
}

void runCommand(main);
