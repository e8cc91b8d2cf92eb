import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly lines: string[];
  readonly problems: string[];
}

const ROOT = join(__dirname, '../../..');

/** Runs `node host-sim/cli/run.mjs …` as a person would, in the repository's folder, without a terminal. */
export function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Ran {
  const { FORCE_COLOR, NO_COLOR, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['host-sim/cli/run.mjs', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...inherited, ...environment },
  });
  return { code: status, out: stdout, lines: linesOf(stdout), problems: linesOf(stderr) };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
