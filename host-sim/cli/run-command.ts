import { ModelError } from '../sim/wasm/open';
import { type AnyCommand, carryOut, longNamesOf } from './command';
import { refusalOf } from './files';
import { Problem } from './problem';
import { refuseSwallowed } from './swallowed';

/** Runs a command. What the person can put right becomes one line and exit code 2. */
export async function runCommand(command: AnyCommand, argv: readonly string[]): Promise<void> {
  try {
    refuseSwallowed(longNamesOf(command), process.env);
    await carryOut(command, argv);
  } catch (error) {
    const problem = problemIn(error);
    if (problem === undefined) throw error;
    console.error(`earshot: ${problem}`);
    process.exitCode = 2;
  }
}

/** What the person can put right, in one line. Of a path that nobody has named, such as a file below a folder, only the
 * file system knows that it may not be opened. */
function problemIn(error: unknown): string | undefined {
  if (error instanceof Problem || error instanceof ModelError) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  const isOurs = code === 'ENOENT' || code === 'ENOTDIR' || path === undefined;
  const refusal = isOurs ? undefined : refusalOf(error);
  return refusal === undefined ? undefined : `${path}: ${refusal}`;
}
