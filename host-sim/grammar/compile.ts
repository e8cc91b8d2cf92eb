import { buildGraph, type SpokenGraph } from './build-graph';
import { choice, countSentences, type Expression } from './expression';
import type { Grammar, GrammarSource, ImportResolver } from './grammar';
import { type GraphFile, layGraph } from './graph-file';
import { createLexicon, type Lexicon, type PronouncingDictionary } from './lexicon';
import { readExpression } from './parse';
import { readGrammar } from './read-grammar';
import { scan, TokenReader } from './scan';
import { type SoundAlike, soundAlikes } from './sound-alikes';

export interface CompiledGrammar {
  readonly graph: GraphFile;
  readonly intents: readonly string[];
  /** Different word strings, each slot counted as one. */
  readonly sentenceCount: number;
  /** The same with every value of every slot. */
  readonly sentenceWithValuesCount: number;
  readonly soundAlikes: readonly SoundAlike[];
  /** Words of which the sound is guessed from the letters. */
  readonly guessedWords: readonly string[];
}

/** What people say around any command, unless the grammar has `before` and `after` of its own. */
const BEFORE = '(um | uh | hmm) | please';
const AFTER = 'please | thanks | thank you';

export interface OpenGrammar {
  readonly grammar: Grammar;
  readonly lexicon: Lexicon;
  readonly spoken: SpokenGraph;
}

/** Text to sentences and their graph. Pure: the dictionary and the way to imported files are given.
 * @throws GrammarError with every error's place */
export function openGrammar(
  source: GrammarSource,
  dictionary: PronouncingDictionary,
  resolveImport: ImportResolver = () => undefined,
): OpenGrammar {
  const grammar = readGrammar(source, resolveImport);
  grammar.before ??= courtesies(BEFORE, grammar);
  grammar.after ??= courtesies(AFTER, grammar);
  const lexicon = createLexicon(dictionary, grammar.pronunciations);
  return { grammar, lexicon, spoken: buildGraph(grammar, lexicon) };
}

/** Text to graph.
 * @throws GrammarError with every error's place; RangeError when the graph is too large for its format */
export function compileGrammar(
  source: GrammarSource,
  dictionary: PronouncingDictionary,
  resolveImport: ImportResolver = () => undefined,
): CompiledGrammar {
  const { grammar, lexicon, spoken } = openGrammar(source, dictionary, resolveImport);
  const said = choice(grammar.sentences.map((sentence) => sentence.said));
  return {
    graph: layGraph(spoken),
    intents: [...new Set(grammar.sentences.map((sentence) => sentence.intent))],
    sentenceCount: countSentences(said, false),
    sentenceWithValuesCount: countSentences(said, true),
    soundAlikes: soundAlikes(spoken),
    guessedWords: [...wordsOf(said)].filter((text) => lexicon.isGuessed(text)).sort(),
  };
}

function courtesies(text: string, grammar: Grammar): Expression {
  const place = { file: 'courtesies', line: 1, column: 1 };
  return readExpression(new TokenReader(scan(text, place), place), grammar);
}

function wordsOf(
  expression: Expression,
  found = new Set<string>(),
  seen = new Set<Expression>(),
): Set<string> {
  if (seen.has(expression)) return found;
  seen.add(expression);
  if (expression.kind === 'word') found.add(expression.text);
  if (expression.kind === 'slot') wordsOf(expression.body, found, seen);
  if (expression.kind === 'sequence') for (const item of expression.items) wordsOf(item, found, seen);
  if (expression.kind === 'choice') for (const option of expression.options) wordsOf(option, found, seen);
  return found;
}
