import { checkWords } from '../cli/arguments';
import { command, needed, type Values } from '../cli/command';
import { writeNamedFile } from '../cli/files';
import { Problem } from '../cli/problem';
import { runCommand } from '../cli/run-command';
import { Machine } from '../sim/wasm/machine';
import { natives } from '../sim/wasm/natives';
import { ModelError, openDecoder } from '../sim/wasm/parts';
import type { CompiledGrammar } from './compile';
import { compileGrammarFile } from './files';
import { GrammarError } from './problem';

const HELP = `npm run grammar -- check FILE…
npm run grammar -- compile FILE -o OUT

check    reads grammars; says what is wrong by line and column, what sounds alike, how many sentences there are and how
         large the compiled network is
compile  writes the network that the decoder loads

Exit code: 0 all well, 1 a grammar with errors, 2 a file or an option is wrong.`;

const OPTIONS = { output: { type: 'string', short: 'o' } } as const;

const FILES = { name: 'grammar', hint: 'name its file', least: 1 };

function main({ output }: Values<typeof OPTIONS>, [verb, ...files]: readonly string[]): number {
  switch (verb) {
    case 'check':
      checkWords('grammar check', files, { ...FILES, most: Number.POSITIVE_INFINITY });
      return Math.max(...files.map((file) => unlessWrong(() => check(file))));
    case 'compile':
      checkWords('grammar compile', files, { ...FILES, most: 1 });
      return unlessWrong(() => compile(files[0] as string, needed('--output FILE', output)));
    default:
      throw new Problem(`no verb '${verb}': there is check, compile (--help tells more)`);
  }
}

/** What a person has to mend in the grammar is told as compilers do, by file, line and column. */
function unlessWrong(work: () => number): number {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function check(file: string): number {
  const compiled = compileGrammarFile(file);
  console.log(report(file, compiled));
  return isAccepted(file, compiled) ? 0 : 1;
}

/** Whether the speaker's own decoder takes the network: it has room for only so many phones. */
function isAccepted(file: string, { network }: CompiledGrammar): boolean {
  try {
    openDecoder(new Machine(natives()), network.file);
    return true;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    console.error(`${file}: error: the speaker cannot take this ${error.message}`);
    return false;
  }
}

function compile(file: string, output: string): number {
  const compiled = compileGrammarFile(file);
  writeNamedFile(output, compiled.network.file);
  console.log(report(file, compiled));
  return 0;
}

function report(file: string, compiled: CompiledGrammar): string {
  const { network } = compiled;
  const warnings = compiled.soundAlikes.map(
    (alike) =>
      `${file}: warning: '${alike.said}' (${alike.meaning}) sounds like '${alike.otherSaid}' (${alike.otherMeaning})`,
  );
  const guessed = compiled.guessedWords.map(
    (text) =>
      `${file}: warning: '${text}' is in no dictionary, its sound is guessed; "say ${text}: PHONES" makes it sure`,
  );
  const count = (value: number): string => value.toLocaleString('en-US');
  return [
    ...warnings,
    ...guessed,
    `${file}: ${compiled.intents.length} intents, ${count(compiled.sentenceCount)} sentences before slots, ` +
      `${count(compiled.sentenceWithValuesCount)} with their values; network ${count(network.bytes)} bytes: ` +
      `${count(network.states)} states, ${count(network.nodes)} phone nodes, ${count(network.strings)} strings`,
  ].join('\n');
}

const VERB = { name: 'verb', hint: 'check or compile', least: 1, most: Number.POSITIVE_INFINITY };
void runCommand(command({ name: 'grammar', help: HELP, options: OPTIONS, words: VERB }, main));
