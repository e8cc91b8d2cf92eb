import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { AnyCommand } from '../../../host-sim/cli/command';
import { runCommand } from '../../../host-sim/cli/run-command';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly lines: string[];
  readonly problems: string[];
}

interface How {
  /** What comes through the standard input. */
  readonly input?: Uint8Array;
  /** In which folder; without it, the repository's. */
  readonly folder?: string;
  /** Another program than Earshot's own command. */
  readonly program?: string;
}

export const ROOT = join(__dirname, '../../..');

/** Runs `earshot …` as a person would, without a terminal. */
export function run(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { input, folder = ROOT, program }: How = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(
    program ?? process.execPath,
    program === undefined ? [join(ROOT, 'host-sim/cli/run.mjs'), ...words] : words,
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...withoutNpm(process.env), ...environment },
      ...(input === undefined ? {} : { input }),
    },
  );
  return { code: status, out: stdout, lines: linesOf(stdout), problems: linesOf(stderr) };
}

/** Does what `earshot replay …` does, within this process: no program to start, so that many can be tried. */
export async function carriedOut(command: AnyCommand, words: readonly string[]): Promise<Ran> {
  const [out, problems]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((text) => void out.push(`${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text) => void problems.push(...linesOf(String(text)))),
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0),
  ];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await runCommand(command, words);
    const text = out.join('');
    return { code: Number(process.exitCode), out: text, lines: linesOf(text), problems };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

/** What npm tells the programs that it starts is for these tests, not for what they start. */
function withoutNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOfPerson = (name: string): boolean => !/^(npm_|INIT_CWD$|FORCE_COLOR$|NO_COLOR$)/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isOfPerson(name)));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
