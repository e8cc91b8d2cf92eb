import { writeNamedFile } from '../cli/files';
import { Machine } from '../sim/wasm/machine';
import { natives } from '../sim/wasm/natives';
import { ModelError, openDecoder } from '../sim/wasm/parts';
import type { CompiledGrammar } from './compile';
import { compileGrammarFile } from './files';
import { GrammarError } from './problem';

/** Returns the exit code. @throws Problem */
export function checkAll(files: readonly string[]): number {
  return Math.max(...files.map((file) => unlessWrong(() => check(file))));
}

/** Returns the exit code. @throws Problem */
export function compile(file: string, output: string): number {
  return unlessWrong(() => write(file, output));
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

function write(file: string, output: string): number {
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
