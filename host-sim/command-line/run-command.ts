import { ModelError } from '../wasm/parts';
import { Problem } from './problem';

/** Runs a command on the process's own arguments. What the person can put right becomes one line and exit code 2. */
export async function runCommand(command: (argv: readonly string[]) => Promise<number>): Promise<void> {
  // a reader that has seen enough, such as head, closes the pipe; that is no error
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    process.exitCode = await command(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Problem || error instanceof ModelError)) throw error;
    console.error(`earshot: ${error.message}`);
    process.exitCode = 2;
  }
}
