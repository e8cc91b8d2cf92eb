import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { canBeEmpty, choice, type Expression, optional, sequence, word } from './expression';
import type { Grammar, GrammarSource } from './grammar';
import { errorAt, GrammarError, type Place, type Problem } from './problem';

/** Picovoice's built-in slot types and ours that stand for them. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  'pv.Percent': 'percent',
  'pv.SingleDigitInteger': 'number',
  'pv.TwoDigitInteger': 'number',
  'pv.SingleDigitOrdinal': 'ordinal',
  'pv.TwoDigitOrdinal': 'ordinal',
};

const TOKEN = /\s+|[$@]?[\p{L}\p{N}][\p{L}\p{N}'’._-]*(?::[\p{L}\p{N}_-]+)?|[[\](),]/uy;

/** Reads `context: {expressions, slots, macros}`: [a, b] is a choice, (a, b) one that may be left out, $type:slot a
 * slot and @name a macro. */
export function readYamlGrammar(source: GrammarSource, grammar: Grammar, problems: Problem[]): void {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: source.file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const error of document.errors) {
    problems.push({
      severity: 'error',
      place: placeAt(error.pos[0]),
      message: error.message.split('\n')[0] ?? 'no YAML',
    });
  }
  if (problems.length > 0) return;
  if (!isMap(document.getIn(['context'], true))) {
    problems.push({
      severity: 'error',
      place: placeAt(0),
      message: otherForm(document.has('intents') || document.has('sentences') || document.has('language')),
    });
    return;
  }
  const each = (key: string, visit: (name: string, phrases: Phrase[]) => void): void => {
    const map = document.getIn(['context', key], true);
    if (!isMap(map)) return;
    for (const pair of map.items) {
      try {
        visit(String(pair.key), phrasesOf(pair.value as Node, placeAt));
      } catch (error) {
        if (!(error instanceof GrammarError)) throw error;
        problems.push(...error.problems);
      }
    }
  };
  each('slots', (name, phrases) => {
    const place = phrases[0]?.place ?? placeAt(0);
    grammar.addList(name, choice(phrases.map((phrase) => readPhrase(phrase, grammar))), place);
  });
  each('macros', (name, phrases) => {
    grammar.addPart(
      name,
      choice(phrases.map((phrase) => readPhrase(phrase, grammar))),
      phrases[0]?.place ?? placeAt(0),
    );
  });
  each('expressions', (intent, phrases) => {
    for (const phrase of phrases) addSentence(grammar, intent, phrase);
  });
}

function otherForm(isHomeAssistant: boolean): string {
  const read = "of YAML only Picovoice's form is read, with 'context:' and below it 'expressions:'";
  if (!isHomeAssistant) return `${read}. A grammar in our own language is a file that ends in .grammar.`;
  return (
    `these are sentences of Home Assistant (hassil, speech-to-phrase); ${read}. In a .grammar file each intent is a line: ` +
    "'- \"turn on [the] {name}\"' becomes 'turnOn: turn on [the] {name}', an expansion rule '<turn>' is 'part turn = (turn | switch)', " +
    "a list is 'list name = lamp | fan => ceiling fan', and 'light[s]' is '(light | lights)'."
  );
}

function addSentence(grammar: Grammar, intent: string, phrase: Phrase): void {
  const said = readPhrase(phrase, grammar);
  if (canBeEmpty(said))
    throw errorAt(phrase.place, `a sentence of '${intent}' can be said by saying nothing.`);
  grammar.sentences.push({ intent, constants: [], said, isOpen: false, place: phrase.place });
}

interface Phrase {
  readonly text: string;
  readonly place: Place;
}

function phrasesOf(node: Node, placeAt: (offset: number) => Place): Phrase[] {
  if (!isSeq(node))
    throw errorAt(placeAt(node?.range?.[0] ?? 0), 'expected a list of phrases, each on its line after "- ".');
  return node.items.map((item) => {
    if (!isScalar(item)) throw errorAt(placeAt(0), 'expected a phrase.');
    const quoted = item.type === 'QUOTE_DOUBLE' || item.type === 'QUOTE_SINGLE';
    return { text: String(item.value), place: placeAt((item.range?.[0] ?? 0) + (quoted ? 1 : 0)) };
  });
}

interface PhraseToken {
  readonly text: string;
  readonly place: Place;
}

function readPhrase(phrase: Phrase, grammar: Grammar): Expression {
  const tokens: PhraseToken[] = [];
  for (let position = 0; position < phrase.text.length; ) {
    TOKEN.lastIndex = position;
    const text = TOKEN.exec(phrase.text)?.[0];
    const place = { ...phrase.place, column: phrase.place.column + position };
    if (text === undefined) throw errorAt(place, `'${phrase.text[position]}' has no meaning in a phrase.`);
    if (text.trim() !== '') tokens.push({ text: text.replace(/’/g, "'"), place });
    position += text.length;
  }
  const said = readWords(tokens, grammar);
  const rest = tokens[0];
  if (rest !== undefined) throw errorAt(rest.place, `'${rest.text}' closes or parts nothing here.`);
  return said;
}

function readWords(tokens: PhraseToken[], grammar: Grammar): Expression {
  const items: Expression[] = [];
  for (let token = tokens[0]; token !== undefined && !/^[\]),]$/.test(token.text); token = tokens[0]) {
    tokens.shift();
    if (token.text === '[' || token.text === '(') items.push(readGroup(tokens, token, grammar));
    else if (token.text.startsWith('$')) items.push(readSlot(token, grammar));
    else if (token.text.startsWith('@')) items.push(grammar.part(token.text.slice(1), token.place));
    else items.push(word(token.text, token.place));
  }
  return sequence(items);
}

function readGroup(tokens: PhraseToken[], open: PhraseToken, grammar: Grammar): Expression {
  const close = open.text === '[' ? ']' : ')';
  const options: Expression[] = [];
  for (;;) {
    options.push(readWords(tokens, grammar));
    const end = tokens.shift();
    if (end === undefined || (end.text !== ',' && end.text !== close)) {
      throw errorAt(open.place, `'${open.text}' is not closed by '${close}'.`);
    }
    if (end.text === close) return open.text === '[' ? choice(options) : optional(choice(options));
  }
}

function readSlot(token: PhraseToken, grammar: Grammar): Expression {
  const [type = '', name = type] = token.text.slice(1).split(':');
  return grammar.slot(name, TYPE_NAMES[type] ?? type, token.place);
}
