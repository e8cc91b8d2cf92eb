import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Machine } from '../wasm/machine';
import { natives } from '../wasm/natives';
import { ModelError, openDecoder } from '../wasm/parts';
import type { CompiledGrammar } from './compile';
import { compileGrammarFile } from './files';
import { GrammarError } from './problem';

const USAGE = `usage: npm run grammar -- check FILE…
       npm run grammar -- compile FILE -o OUT

check    reads grammars; says what is wrong by line and column, what sounds alike, how many sentences there are and how
         large the compiled network is. Exit code 1 when a file has errors.
compile  writes the network that the decoder loads.`;

/** Exit codes: 0 all well, 1 a grammar with errors, 2 wrong use or an unreadable file. */
function main(argv: readonly string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { output: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' } },
    });
    const [verb, ...files] = positionals;
    if (values.help === true) return say(USAGE, 0);
    if (verb === 'check' && files.length > 0) return Math.max(...files.map(check));
    if (verb === 'compile' && files[0] !== undefined && files.length === 1 && values.output !== undefined) {
      return compile(files[0], values.output);
    }
    console.error(USAGE);
    return 2;
  } catch (error) {
    console.error(error instanceof GrammarError ? error.message : messageOf(error));
    return error instanceof GrammarError ? 1 : 2;
  }
}

function say(text: string, exitCode: number): number {
  console.log(text);
  return exitCode;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function check(file: string): number {
  try {
    const compiled = compileGrammarFile(file);
    console.log(report(file, compiled));
    return isAccepted(file, compiled) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    console.error(error.message);
    return 1;
  }
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
  writeFileSync(output, compiled.network.file);
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

process.exitCode = main(process.argv.slice(2));
