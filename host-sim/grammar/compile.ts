import { buildGraph, meaningOf, type SpokenGraph } from './build-graph';
import { choice, countSentences, type Expression, type Word } from './expression';
import type { Grammar, GrammarSource, ImportResolver, Sentence } from './grammar';
import { type GraphFile, layGraph } from './graph-file';
import { createLexicon, type Lexicon, type PronouncingDictionary } from './lexicon';
import { readExpression } from './parse';
import type { Place } from './problem';
import { readGrammar } from './read-grammar';
import { scan, TokenReader } from './scan';
import { marksOf, type SoundAlike, soundAlikes } from './sound-alikes';

export interface CompiledGrammar {
  readonly graph: GraphFile;
  readonly intents: readonly string[];
  /** Different word strings, each slot counted as one. */
  readonly sentenceCount: number;
  /** The same with every value of every slot. */
  readonly sentenceWithValuesCount: number;
  readonly soundAlikes: readonly PlacedAlike[];
  /** Words of which the sound is guessed from the letters. */
  readonly guessedWords: readonly GuessedWord[];
}

/** Two sentences that sound the same, with where they stand. */
export interface PlacedAlike extends SoundAlike {
  readonly place: Place;
  readonly otherPlace: Place;
}

export interface GuessedWord {
  readonly text: string;
  /** Where it stands first. */
  readonly place: Place;
  /** The guess, as `say` takes it. */
  readonly phones: string;
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
    soundAlikes: soundAlikes(spoken).map((alike) => ({
      ...alike,
      place: placeOf(alike.said, alike.marks, grammar),
      otherPlace: placeOf(alike.otherSaid, alike.otherMarks, grammar),
    })),
    guessedWords: [...wordsOf(said).values()]
      .filter(({ text }) => lexicon.isGuessed(text))
      .map(({ text, place }) => ({ text, place, phones: guessOf(text, lexicon) }))
      .sort((a, b) => (a.text < b.text ? -1 : 1)),
  };
}

/** Where the sentence stands that means this and has these words. */
function placeOf(said: string, marks: string, grammar: Grammar): Place {
  const meant = grammar.sentences.filter((sentence) => marksOf(meaningOf(sentence, grammar)) === marks);
  const words = said.split(' ');
  const around = new Set(
    [grammar.before, grammar.after].flatMap((each) => (each ? [...wordsOf(each).keys()] : [])),
  );
  const found = meant.find((sentence) => {
    const own = wordsOf(sentence.said);
    return words.every((word) => own.has(word) || around.has(word));
  });
  return (found ?? meant[0] ?? (grammar.sentences[0] as Sentence)).place;
}

function guessOf(text: string, lexicon: Lexicon): string {
  const [usual = []] = lexicon.pronunciationsOf(text);
  return usual.map(([phone]) => phone).join(' ');
}

function courtesies(text: string, grammar: Grammar): Expression {
  const place = { file: 'courtesies', line: 1, column: 1 };
  return readExpression(new TokenReader(scan(text, place), place), grammar);
}

function wordsOf(
  expression: Expression,
  found = new Map<string, Word>(),
  seen = new Set<Expression>(),
): Map<string, Word> {
  if (seen.has(expression)) return found;
  seen.add(expression);
  if (expression.kind === 'word' && !found.has(expression.text)) found.set(expression.text, expression);
  if (expression.kind === 'slot') wordsOf(expression.body, found, seen);
  if (expression.kind === 'sequence') for (const item of expression.items) wordsOf(item, found, seen);
  if (expression.kind === 'choice') for (const option of expression.options) wordsOf(option, found, seen);
  return found;
}
