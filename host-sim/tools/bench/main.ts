/** Times the ear's parts on the bundled recording, side by side in one run with the native builds that the field
 * uses (the wheels of the tests' Python environment), and prints the ratios. One core each. The networks alone run on
 * whatever lies in their input, here and there: integer kernels take the same time for any numbers. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileGrammarFile } from '../../grammar/files';
import { loadEmbedding, loadPhones, loadWakeWord } from '../../packages/models';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { demoRecording } from '../replay/recordings/demo';
import { Workload } from './workload';

const ROUNDS = 5;
const AUDIO_SECONDS = 120;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const python = join(root, '.venv/bin/python');

interface Row {
  readonly name: string;
  readonly reference: string;
  readonly run: () => void;
}

/** Asks the Python process for one timed run; undefined where there is no Python environment. */
class Reference {
  private readonly child;
  private readonly lines;

  constructor(audioFile: string, wakeModel: string, phoneModel: string) {
    const script = fileURLToPath(new URL('./reference.py', import.meta.url));
    this.child = spawn(python, [script, audioFile, wakeModel, phoneModel], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async seconds(request: string): Promise<number> {
    this.child.stdin.write(`${request}\n`);
    const answer = await this.lines.next();
    if (answer.done) throw new Error(`reference.py ended before it answered '${request}'`);
    return Number(answer.value);
  }

  close(): void {
    this.child.stdin.end();
  }
}

function referenceWakeModel(): string | undefined {
  const library = join(root, '.venv/lib');
  if (!existsSync(python) || !existsSync(library)) return undefined;
  const found = readdirSync(library).map((name) =>
    join(library, name, 'site-packages/pymicro_wakeword/models'),
  );
  return found.map((folder) => join(folder, 'alexa.tflite')).find((path) => existsSync(path));
}

function timed(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function measure(row: Row, reference: Reference | undefined): Promise<string> {
  const ours: number[] = [];
  const ratios: number[] = [];
  const theirs: number[] = [];
  row.run(); // warm: the first run also compiles
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timed(row.run));
    if (!reference || row.reference === '') continue;
    theirs.push(await reference.seconds(row.reference));
    ratios.push((theirs.at(-1) as number) / (ours.at(-1) as number));
  }
  const times = (seconds: readonly number[]) => (AUDIO_SECONDS / median(seconds)).toFixed(0).padStart(9);
  const side = ratios.length > 0 ? `${times(theirs)} ${median(ratios).toFixed(2).padStart(8)}` : '';
  return `${row.name.padEnd(44)}${times(ours)} ${side}`;
}

/** Returns the exit code. */
export async function bench(): Promise<number> {
  const alexa = referenceWakeModel();
  const models = join(root, 'models');
  const phones = loadPhones('phones', models);
  const wakeWord = alexa
    ? loadWakeWord(alexa.replace(/tflite$/, 'json'), models)
    : loadWakeWord('jarvis', models);
  const { graph } = compileGrammarFile(join(models, 'home/home.grammar'));
  const audio = repeated(demoRecording(), AUDIO_SECONDS * SAMPLE_RATE);
  const workload = new Workload(audio, wakeWord, phones, graph.file, loadEmbedding(models));
  const rows: Row[] = [
    { name: 'features           | pymicro-features', reference: 'features', run: () => workload.features() },
    { name: `wake net           | tflite-micro wheel`, reference: 'wake', run: () => workload.wakeNet() },
    { name: 'phone net          | tflite-micro wheel', reference: 'phones', run: () => workload.phoneNet() },
    { name: 'decoder, home grammar', reference: '', run: () => workload.decoder() },
    { name: 'replay, a wake word | pymicro-wakeword', reference: 'replay', run: () => workload.replay() },
    { name: 'second look, 1.8 s heard at once', reference: '', run: () => workload.secondLooks() },
    { name: 'speech embedding', reference: '', run: () => workload.embeddingNet() },
    { name: 'wake:score, one model, each core', reference: '', run: () => workload.wakeScore() },
    { name: 'replay, always decoding commands', reference: '', run: () => workload.replayListening() },
  ];
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const audioFile = join(folder, 'audio.raw');
  writeFileSync(audioFile, new Uint8Array(audio.buffer, audio.byteOffset, audio.byteLength));
  const reference = alexa ? new Reference(audioFile, alexa, join(models, 'phones/phones.tflite')) : undefined;
  if (!reference)
    console.log('No Python environment: Earshot alone (`npm test` makes one, for the comparison).');
  console.log(
    `Seconds of audio per second of one core, median of ${ROUNDS} runs over ${AUDIO_SECONDS} s of audio; wake word ${wakeWord.name}`,
  );
  console.log(
    `${'Earshot            | beside'.padEnd(44)}${'Earshot'.padStart(9)} ${'beside'.padStart(9)} ${'ratio'.padStart(8)}`,
  );
  for (const row of rows) console.log(await measure(row, reference));
  reference?.close();
  rmSync(folder, { recursive: true });
  return 0;
}

function repeated(samples: Int16Array, count: number): Int16Array {
  const result = new Int16Array(count);
  for (let from = 0; from < count; from += samples.length)
    result.set(samples.subarray(0, count - from), from);
  return result;
}
