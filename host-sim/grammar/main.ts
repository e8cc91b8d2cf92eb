import { readNamedFile, writeNamedFile } from '../cli/files';
import { Problem } from '../cli/problem';
import { Machine } from '../sim/wasm/machine';
import { natives } from '../sim/wasm/natives';
import { ModelError, openDecoder } from '../sim/wasm/open';
import type { CompiledGrammar } from './compile';
import { exampleOf, randomFrom } from './examples';
import { compileGrammarFile, openGrammarFile } from './files';
import { tooLarge } from './limits';
import { GrammarError, placeText } from './problem';
import { checkTable, describeTable, lineOf } from './said';
import { readSaidTable } from './said-table';

/** Returns the exit code. @throws Problem */
export function checkAll(files: readonly string[]): number {
  return Math.max(...files.map((file) => unlessWrong(() => check(file))));
}

/** Returns the exit code. @throws Problem */
export function compile(file: string, output: string): number {
  return unlessWrong(() => write(file, output));
}

export interface ExampleOptions {
  readonly grammar: string;
  /** Of all intents unless one is named. */
  readonly intent?: string;
  readonly count: number;
  readonly seed: number;
}

/** Returns the exit code. @throws Problem */
export function sayAll(grammar: string, texts: readonly string[]): number {
  return unlessWrong(() => said(grammar, texts));
}

/** Returns the exit code. @throws Problem */
export function sayExamples(options: ExampleOptions): number {
  return unlessWrong(() => examples(options));
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

/** Whether the speaker's own decoder takes the graph: it has room for only so many phones. */
function isAccepted(file: string, { graph }: CompiledGrammar): boolean {
  const problem = tooLarge(graph);
  if (problem !== undefined) {
    console.error(`${file}: error: ${problem}`);
    return false;
  }
  try {
    openDecoder(new Machine(natives()), graph.file);
    return true;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    console.error(`${file}: error: the speaker cannot take this ${error.message}`);
    return false;
  }
}

function write(file: string, output: string): number {
  const compiled = compileGrammarFile(file);
  writeNamedFile(output, compiled.graph.file);
  console.log(report(file, compiled));
  return 0;
}

function said(grammarFile: string, texts: readonly string[]): number {
  const { spoken } = openGrammarFile(grammarFile);
  let differences = 0;
  for (const text of texts) {
    if (!text.endsWith('.tsv')) console.log(lineOf(spoken, text));
    else {
      const result = checkTable(spoken, readSaidTable(text, readNamedFile(text, 'a table').toString('utf8')));
      console.log(describeTable(result));
      differences += result.differences.length;
    }
  }
  return differences > 0 ? 1 : 0;
}

function examples({ grammar: file, intent, count, seed }: ExampleOptions): number {
  const { grammar } = openGrammarFile(file);
  const known = [...new Set(grammar.sentences.map((sentence) => sentence.intent))];
  if (intent !== undefined && !known.includes(intent))
    throw new Problem(`no intent '${intent}': there is ${known.join(', ')}`);
  const wanted = grammar.sentences.filter((sentence) => intent === undefined || sentence.intent === intent);
  const random = randomFrom(seed);
  for (let left = count; left > 0; left--) console.log(exampleOf(wanted, random));
  return 0;
}

function report(file: string, compiled: CompiledGrammar): string {
  const { graph } = compiled;
  const warnings = compiled.soundAlikes.map(
    ({ place, otherPlace, said, meaning, otherSaid, otherMeaning }) =>
      `${placeText(place)}: warning: '${said}' (${meaning}) sounds like '${otherSaid}' (${otherMeaning})` +
      (placeText(place) === placeText(otherPlace) ? '' : `, ${placeText(otherPlace)}`),
  );
  const guessed = compiled.guessedWords.map(
    ({ text, place, phones }) =>
      `${placeText(place)}: warning: '${text}' is in no dictionary, its sound is guessed from its letters; ` +
      `"say ${text}: ${phones}", put right, makes it sure`,
  );
  const count = (value: number): string => value.toLocaleString('en-US');
  return [
    ...warnings,
    ...guessed,
    `${file}: ${compiled.intents.length} intents, ${count(compiled.sentenceCount)} sentences before slots, ` +
      `${count(compiled.sentenceWithValuesCount)} with their values; graph ${count(graph.bytes)} bytes: ` +
      `${count(graph.states)} states, ${count(graph.nodes)} phone nodes, ${count(graph.strings)} strings`,
  ].join('\n');
}
