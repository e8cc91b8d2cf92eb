import { ANYTHING, canBeEmpty } from './expression';
import { Grammar, type GrammarSource, type ImportResolver, NEVER } from './grammar';
import { expectEnd, readConstants, readExpression, readList } from './parse';
import { PHONES, phoneIndex } from './phones';
import { didYouMean, errorAt, GrammarError, type Problem } from './problem';
import { readYamlGrammar } from './read-yaml';
import { type Statement, statementsOf, TokenReader } from './scan';

/** Reads a grammar and all that it imports; `.yaml` and `.yml` are read in Picovoice's form.
 * @throws GrammarError with every statement's first error */
export function readGrammar(source: GrammarSource, resolveImport: ImportResolver): Grammar {
  const grammar = new Grammar();
  const problems: Problem[] = [];
  if (/\.ya?ml$/.test(source.file)) readYamlGrammar(source, grammar, problems);
  else readFile(source, grammar, problems, { resolveImport, imported: new Set([source.file]) });
  const start = { file: source.file, line: 1, column: 1 };
  if (problems.length === 0 && grammar.sentences.length === 0) {
    problems.push({
      severity: 'error',
      place: start,
      message: grammar.hasDefinitions
        ? 'there are lists or parts, but no sentence: check the grammar that imports this file.'
        : 'there is no sentence. Write "intent: words to say".',
    });
  }
  if (problems.length > 0) throw new GrammarError(problems);
  return grammar;
}

interface Imports {
  readonly resolveImport: ImportResolver;
  readonly imported: Set<string>;
}

function readFile(source: GrammarSource, grammar: Grammar, problems: Problem[], imports: Imports): void {
  for (const statement of collecting(problems, () => statementsOf(source.file, source.text)) ?? []) {
    collecting(problems, () => readStatement(statement, grammar, problems, imports));
  }
}

function collecting<Result>(problems: Problem[], action: () => Result): Result | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function readStatement(statement: Statement, grammar: Grammar, problems: Problem[], imports: Imports): void {
  const reader = new TokenReader(statement.tokens, statement.place);
  const first = reader.expectWord('list, part, say, import, before, after, careful or an intent');
  if (reader.takes(':')) return readSentence(reader, first.text, statement, grammar);
  switch (first.text) {
    case 'import':
      return readImport(statement, grammar, problems, imports);
    case 'list':
      return readDefinition(reader, 'list', (name) =>
        grammar.addList(name, readList(reader, grammar), statement.place),
      );
    case 'part':
      return readDefinition(reader, 'part', (name) =>
        grammar.addPart(name, readExpression(reader, grammar), statement.place),
      );
    case 'say':
      return readSay(reader, grammar);
    case 'careful':
      return readCareful(reader, grammar);
    case 'before':
    case 'after':
      reader.expect('=', `after '${first.text}'`);
      grammar[first.text] = readExpression(reader, grammar);
      return expectEnd(reader);
    default: {
      const hint = didYouMean(first.text, ['import', 'list', 'part', 'say', 'before', 'after', 'careful']);
      throw errorAt(
        reader.place,
        `expected ':' after the intent '${first.text}', found ${reader.found()}.${hint}`,
      );
    }
  }
}

function readSentence(reader: TokenReader, intent: string, statement: Statement, grammar: Grammar): void {
  const said = readExpression(reader, grammar);
  const isOpen = intent === NEVER && reader.takes(ANYTHING);
  const constants = readConstants(reader);
  expectEnd(reader);
  if (canBeEmpty(said))
    throw errorAt(statement.place, `a sentence of '${intent}' can be said by saying nothing.`);
  grammar.sentences.push({ intent, constants, said, isOpen, place: statement.place });
}

function readImport(statement: Statement, grammar: Grammar, problems: Problem[], imports: Imports): void {
  const path = statement.text.replace(/^import\s*/, '');
  const source = imports.resolveImport(path, statement.place.file);
  if (source === undefined)
    throw errorAt(statement.place, `cannot find '${path}', looked for beside ${statement.place.file}.`);
  if (imports.imported.has(source.file)) return;
  imports.imported.add(source.file);
  readFile(source, grammar, problems, imports);
}

function readDefinition(reader: TokenReader, kind: string, add: (name: string) => void): void {
  const name = reader.expectWord(`the name of the ${kind}`).text;
  reader.expect('=', `after the ${kind}'s name '${name}'`);
  add(name);
  expectEnd(reader);
}

/** `careful = intent | intent`: what does harm when it is done unasked. */
function readCareful(reader: TokenReader, grammar: Grammar): void {
  reader.expect('=', "after 'careful'");
  do grammar.careful.add(reader.expectWord('an intent').text);
  while (reader.takes('|'));
  expectEnd(reader);
}

function readSay(reader: TokenReader, grammar: Grammar): void {
  const text = reader.expectWord('the word whose sound follows').text.toLowerCase();
  reader.expect(':', `after '${text}', then its phones`);
  const phones: string[] = [];
  while (!reader.atEnd) {
    const token = reader.expectWord('a phone');
    if (phoneIndex(token.text) === undefined) {
      throw errorAt(token.place, `'${token.text}' is no phone. The phones are ${PHONES.join(' ')}.`);
    }
    phones.push(token.text.replace(/[0-2]$/, '').toUpperCase());
  }
  if (phones.length === 0)
    throw errorAt(reader.place, `expected the phones of '${text}', like: say tomato: T AH M EY T OW.`);
  grammar.addPronunciation(text, phones);
}
