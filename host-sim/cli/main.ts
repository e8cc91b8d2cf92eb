/** What run.mjs starts once packages are there: carries out the command that a file of commands/ declares. */
import { readFileSync } from 'node:fs';
import { nearestOf } from '../../firmware/core/nearest';
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

const commands: Readonly<Record<string, { readonly file?: string }>> = JSON.parse(
  readFileSync(new URL('commands.json', import.meta.url), 'utf8'),
);
const [name = '', ...argv] = process.argv.slice(2);
const file = Object.hasOwn(commands, name) ? commands[name]?.file : undefined;
if (file === undefined) {
  const names = Object.keys(commands);
  const nearest = nearestOf(name, names);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  console.error(`earshot: '${name}' is no command: ${names.join(', ')} are${hint}`);
  process.exitCode = 2;
} else {
  const { command, prepare }: Declaration = await import(new URL(`commands/${file}`, import.meta.url).href);
  await runCommand(command, prepare ? prepare(argv) : argv);
}
