/** What run.mjs starts once packages are there: carries out the command that a file of commands/ declares. */
import type { AnyCommand } from './command';
import { runCommand } from './run-command';

interface Declaration {
  readonly command: AnyCommand;
  /** What the words are to be read as, where they are written in a way of the command's own. */
  readonly prepare?: (argv: readonly string[]) => readonly string[];
}

// a reader that has seen enough, such as head, closes the pipe; that is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const [file = '', ...argv] = process.argv.slice(2);
const { command, prepare }: Declaration = await import(new URL(`commands/${file}`, import.meta.url).href);
await runCommand(command, prepare ? prepare(argv) : argv);
