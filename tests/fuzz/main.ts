/** Feeds damaged inputs to all that reads what people and other programs wrote, and tells what crashed or hung.
 *
 *     npm run fuzz                      a million
 *     npm run fuzz -- 20000             so many
 *     npm run fuzz -- 1000 audio        to one target
 *     npm run fuzz -- 1 audio 123456    from this number on: the same input each time, written to build/fuzz */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputOf } from './fuzz';
import { TARGETS } from './targets';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const FOLDER = join(process.cwd(), 'build/fuzz');
const A_MILLION = 1_000_000;
const BATCH = 5000;
/** A reader that takes longer over one small input hangs. */
const PATIENCE_MS = 60_000;

interface Batch {
  readonly target: string;
  readonly from: number;
  readonly to: number;
}

interface Message {
  readonly number: number;
  readonly crash?: string;
}

/** In turns, so that each target gets its share early on. */
function batchesOf(count: number, only: string | undefined, first: number): Batch[] {
  return Object.entries(TARGETS)
    .filter(([target]) => only === undefined || target === only)
    .flatMap(([target, { share }]) => {
      const inputs = only === undefined ? Math.ceil((count * share) / 100) : count;
      const starts = Array.from({ length: Math.ceil(inputs / BATCH) }, (_, i) => first + i * BATCH);
      return starts.map((from) => ({ target, from, to: Math.min(from + BATCH, first + inputs) }));
    })
    .sort((a, b) => a.from - b.from);
}

/** Runs one batch in a process of its own, and what is left of it after a crash in another. Returns how many inputs brought
 * one down. */
function run({ target, from, to }: Batch): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(CHILD, [target, String(from), String(to)], { execArgv: ['--import', 'tsx'] });
    let number = from;
    let failures = 0;
    let watch: NodeJS.Timeout | undefined; // from the first input on: a busy machine takes long to start a process
    const fail = (what: string): void => {
      failures++;
      report(target, number, what);
    };
    const wait = (): void => {
      clearTimeout(watch);
      watch = setTimeout(() => {
        fail(`hangs: more than ${PATIENCE_MS / 1000} s`);
        child.kill('SIGKILL');
      }, PATIENCE_MS);
    };
    child.on('message', (message: Message) => {
      wait();
      number = message.number;
      if (message.crash !== undefined) fail(message.crash);
    });
    child.on('close', (code, signal) => {
      clearTimeout(watch);
      if (code === 0) return resolve(failures);
      if (signal !== 'SIGKILL') fail(`ends the process: ${signal ?? `code ${code}`}`);
      const rest = { target, from: number + 1, to };
      if (rest.from >= to) return resolve(failures);
      void run(rest).then((more) => resolve(failures + more));
    });
  });
}

function report(target: string, number: number, what: string): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${target}-${number}`);
  writeFileSync(file, inputOf(target, number));
  console.error(`${target} ${number} (${file}): ${what}`);
}

async function main(): Promise<void> {
  const [count = A_MILLION, only, first = 0] = process.argv.slice(2);
  const batches = batchesOf(Number(count), only as string | undefined, Number(first));
  const total = batches.reduce((sum, { from, to }) => sum + to - from, 0);
  let [done, failures] = [0, 0];
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      failures += await run(batch);
      done += batch.to - batch.from;
      console.log(`${done} of ${total}: ${batch.target} up to ${batch.to}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${total} inputs, ${failures} that crash or hang`);
  process.exitCode = failures > 0 ? 1 : 0;
}

void main();
