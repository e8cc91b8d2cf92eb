/** Wake models of other projects, run by their own Python packages (reference.py) beside Earshot's. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../cli/problem';
import { ROOT } from '../../packages/root';
import type { Track } from './track';

const FAMILIES: Readonly<Record<string, { readonly module: string; readonly requirement: string }>> = {
  pymicro: { module: 'pymicro_wakeword', requirement: 'pymicro-wakeword==2.5.0' },
  openwakeword: { module: 'pyopen_wakeword', requirement: 'pyopen-wakeword==1.1.0' },
};
const ENVIRONMENT = join(ROOT, '.venv');
const PYTHON = join(ENVIRONMENT, 'bin/python');
const SCRIPT = fileURLToPath(new URL('./reference.py', import.meta.url));

export interface Reference {
  /** Such as `openwakeword:hey_jarvis`. */
  readonly name: string;
  readonly word: string;
  readonly cutoff: number;
  readonly window: number;
}

export function isReference(name: string): boolean {
  return Object.hasOwn(FAMILIES, name.split(':')[0] ?? '') && name.includes(':');
}

/** Installs what these models need into .venv when it is not there. @throws Problem */
export function describeReferences(names: readonly string[]): Reference[] {
  if (names.length === 0) return [];
  if (!existsSync(PYTHON)) must('python3', ['-m', 'venv', ENVIRONMENT], 'cannot make a Python environment');
  for (const { module, requirement } of new Set(names.map(familyOf))) {
    if (spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0) continue;
    console.error(`Installing ${requirement} into .venv, once …`);
    must(PYTHON, ['-m', 'pip', 'install', '--quiet', requirement], `cannot install ${requirement}`);
  }
  const out = must(PYTHON, [SCRIPT, 'describe', ...names], 'reference model');
  const found = JSON.parse(out) as Omit<Reference, 'name'>[];
  return found.map((description, index) => ({ ...description, name: names[index] as string }));
}

function familyOf(name: string) {
  return FAMILIES[name.split(':')[0] ?? ''] as (typeof FAMILIES)[string];
}

function must(command: string, args: readonly string[], what: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? `it ended with code ${status}`;
  throw new Problem(`${what}: ${reason}`);
}

/** One Python process with the models open. */
export class References {
  private readonly child;
  private readonly lines;

  constructor(references: readonly Reference[]) {
    const names = references.map(({ name }) => name);
    this.child = spawn(PYTHON, [SCRIPT, 'hear', ...names], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** One track a model. */
  async hear(pcm: Int16Array): Promise<Track[]> {
    this.child.stdin.write(new Uint8Array(Uint32Array.of(pcm.length).buffer));
    this.child.stdin.write(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength));
    const answer = await this.lines.next();
    if (answer.done) throw new Error('reference.py ended before it answered');
    const tracks = JSON.parse(answer.value) as (Omit<Track, 'chances'> & { chances: number[] })[];
    return tracks.map((track) => ({ ...track, chances: Float32Array.from(track.chances) }));
  }

  close(): void {
    this.child.stdin.end();
  }
}
