/** Builds the program that runs a bundle under the real XS, from the C sources that npm's `@agoric/xsnap` carries.
 * Objects and program are kept in the git-ignored `build` under the hash of all that went into them.
 *
 *     tsx host-sim/sim/xs/build.ts [--bits 32]     builds it and prints its path */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root, type SourceGroup, sourceGroups } from './sources';

const run = promisify(execFile);
const PARALLEL_COMPILERS = 2;
const objectsFolder = join(root, 'build/xs-objects');
/** Exported: `native_functions.c` finds functions by name. */
const libraries = ['-rdynamic', '-lm', '-lpthread', '-ldl'];

/** Floating point as everywhere else: the x87 of 32-bit code would keep more digits than a double has. */
const MACHINE_FLAGS = {
  32: ['-m32', '-msse2', '-mfpmath=sse'],
  64: ['-m64'],
} as const;

export interface XsHostOptions {
  /** 32 gives the chip's 16-byte slots, where the compiler can (`gcc-multilib` on Debian). */
  readonly bits?: 32 | 64;
  /** What is linked besides: its functions named `xs_…` are JavaScript's by `native(name)`. */
  readonly also?: readonly SourceGroup[];
}

/** There is no C compiler, or it refuses a file. */
export class CompilerError extends Error {
  override readonly name = 'CompilerError';
}

interface Compilation {
  readonly source: string;
  readonly flags: readonly string[];
  readonly object: string;
}

/** Path of the executable, built now if its like was not built before. Throws CompilerError. */
export async function buildXsHost({ bits = 64, also = [] }: XsHostOptions = {}): Promise<string> {
  const compiler = process.env.CC ?? 'cc';
  const version = await compile(compiler, ['--version']);
  const machine = MACHINE_FLAGS[bits];
  const compilations = [...sourceGroups(), ...also].flatMap((group) =>
    compilationsOf(group, machine, version),
  );
  const program = join(
    root,
    `build/xs-${bits}-${hashOf([...libraries, ...compilations.map(({ object }) => object)])}`,
    'earshot-xs',
  );
  if (existsSync(program)) return program;
  mkdirSync(objectsFolder, { recursive: true });
  await inParallel(inOrderOfProcess(compilations), async ({ source, flags, object }) => {
    if (!existsSync(object)) await compileTo(object, compiler, [...flags, '-c', source]);
  });
  mkdirSync(join(program, '..'), { recursive: true });
  await compileTo(program, compiler, [...machine, ...compilations.map(({ object }) => object), ...libraries]);
  return program;
}

function compilationsOf(group: SourceGroup, machine: readonly string[], version: string): Compilation[] {
  const headers = group.headers.map((path) => readFileSync(path, 'utf8'));
  const flags = [...machine, ...group.flags];
  const shared = hashOf([version, ...flags, ...headers]);
  return group.files.map((source) => {
    const object = join(objectsFolder, `${hashOf([shared, source, readFileSync(source, 'utf8')])}.o`);
    return { source, flags, object };
  });
}

/** Another order in each process: when several build at a time, as test runners do, they share the work. */
function inOrderOfProcess(compilations: readonly Compilation[]): Compilation[] {
  const placeOf = ({ object }: Compilation): string => hashOf([String(process.pid), object]);
  return [...compilations].sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

/** The output appears under its name only when it is whole, whoever else is building at the same time. */
async function compileTo(output: string, compiler: string, words: readonly string[]): Promise<void> {
  const unfinished = `${output}.${randomUUID()}`;
  await compile(compiler, [...words, '-o', unfinished]);
  renameSync(unfinished, output);
}

async function compile(compiler: string, words: readonly string[]): Promise<string> {
  try {
    return (await run(compiler, words, { maxBuffer: 1 << 24 })).stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') {
      throw new CompilerError(
        `install gcc or clang: running under XS needs a C compiler, and there is no '${compiler}'`,
      );
    }
    const hint = words.includes('-m32') ? ' (32 bits need the 32-bit C library: gcc-multilib on Debian)' : '';
    throw new CompilerError(`${compiler} failed${hint}:\n${stderr ?? String(error)}`);
  }
}

/** The first failure leaves what has not begun undone; it is thrown when nothing is under way any more. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL_COMPILERS }, worker));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 16);
}

async function main(): Promise<void> {
  const bits = process.argv.includes('--bits') && process.argv.includes('32') ? 32 : 64;
  console.log(relative(process.cwd(), await buildXsHost({ bits })));
}

if (process.argv[1] === join(root, 'host-sim/sim/xs/build.ts')) void main();
