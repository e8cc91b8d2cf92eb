import { checkWords } from '../command-line/arguments';
import { command, needed, type Values } from '../command-line/command';
import { readNamedFile, writeNamedFile } from '../command-line/files';
import { Problem } from '../command-line/problem';
import { runCommand } from '../command-line/run-command';
import { Machine } from '../wasm/machine';
import { natives } from '../wasm/natives';
import { ModelError, openDecoder } from '../wasm/parts';
import type { CompiledGrammar } from './compile';
import { exampleOf, randomFrom } from './examples';
import { compileGrammarFile, openGrammarFile } from './files';
import { GrammarError } from './problem';
import { checkTable, describeTable, lineOf } from './said';
import { readSaidTable } from './said-table';

const HELP = `npm run grammar -- check FILE…
npm run grammar -- compile FILE -o OUT
npm run grammar -- said [--grammar FILE] TABLE.tsv|"words"…
npm run grammar -- examples [--grammar FILE] [--intent NAME] [--count N] [--seed N]

check    reads grammars; says what is wrong by line and column, what sounds alike, how many sentences there are and how
         large the compiled network is
compile  writes the network that the decoder loads
said     what a grammar makes of text, without sound: a JSON line for each with intent and slots, or with where it
         stopped and what could have come; compares a table of kind, text and meaning, and counts by kind
examples says sentences of the grammar at random, the same for the same seed

  --grammar FILE  the commands (models/home/home.grammar)

Exit code: 0 all well, 1 a grammar with errors or a table with differences, 2 a file or an option is wrong.`;

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  grammar: { type: 'string', default: 'models/home/home.grammar' },
  intent: { type: 'string' },
  count: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
} as const;

const FILES = { name: 'grammar', hint: 'name its file', least: 1 };

const TEXTS = { name: 'text', hint: 'name a table, or say words', least: 1, most: Number.POSITIVE_INFINITY };

function main(values: Values<typeof OPTIONS>, [verb, ...files]: readonly string[]): number {
  const { output, grammar } = values;
  switch (verb) {
    case 'said':
      checkWords('grammar said', files, TEXTS);
      return unlessWrong(() => said(grammar, files));
    case 'examples':
      checkWords('grammar examples', files);
      return unlessWrong(() => examples(values));
    case 'check':
      checkWords('grammar check', files, { ...FILES, most: Number.POSITIVE_INFINITY });
      return Math.max(...files.map((file) => unlessWrong(() => check(file))));
    case 'compile':
      checkWords('grammar compile', files, { ...FILES, most: 1 });
      return unlessWrong(() => compile(files[0] as string, needed('--output FILE', output)));
    default:
      throw new Problem(`no verb '${verb}': there is check, compile, said, examples (--help tells more)`);
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

function examples({ grammar: file, intent, count, seed }: Values<typeof OPTIONS>): number {
  const { grammar } = openGrammarFile(file);
  const known = [...new Set(grammar.sentences.map((sentence) => sentence.intent))];
  if (intent !== undefined && !known.includes(intent))
    throw new Problem(`no intent '${intent}': there is ${known.join(', ')}`);
  const wanted = grammar.sentences.filter((sentence) => intent === undefined || sentence.intent === intent);
  const random = randomFrom(wholeNumber('--seed', seed));
  for (let left = wholeNumber('--count', count); left > 0; left--) console.log(exampleOf(wanted, random));
  return 0;
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Problem(`${option} '${text}': a whole number would be right`);
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

const VERB = {
  name: 'verb',
  hint: 'check, compile, said or examples',
  least: 1,
  most: Number.POSITIVE_INFINITY,
};
void runCommand(command({ name: 'grammar', help: HELP, options: OPTIONS, words: VERB }, main));
