import { choice, type Expression, mark, optional, sequence, word } from './expression';
import { errorAt, type Place } from './problem';
import type { Token, TokenReader } from './scan';

/** What a name in a sentence stands for; the reader of files knows lists and parts. */
export interface Names {
  slot(name: string, type: string, place: Place): Expression;
  part(name: string, place: Place): Expression;
}

/** Words, ( | ), [ ], {slot}, {slot:type} and <part>, until the end or a sign that is not the expression's. */
export function readExpression(reader: TokenReader, names: Names): Expression {
  const options = [readSequence(reader, names)];
  while (reader.takes('|')) options.push(readSequence(reader, names));
  return choice(options);
}

function readSequence(reader: TokenReader, names: Names): Expression {
  const items: Expression[] = [];
  for (let item = readItem(reader, names); item !== undefined; item = readItem(reader, names))
    items.push(item);
  if (items.length === 0) {
    throw errorAt(
      reader.place,
      `expected words, found ${reader.found()}. What may be left out is written [like this].`,
    );
  }
  return sequence(items);
}

function readItem(reader: TokenReader, names: Names): Expression | undefined {
  const token = reader.peek();
  if (token === undefined) return undefined;
  if (token.kind === 'mark') {
    reader.next();
    return mark(token.text);
  }
  if (token.kind === 'word') return wordOf(reader, token);
  if (reader.takes('(')) return readBracket(reader, names, ')', token.place);
  if (reader.takes('[')) return optional(readBracket(reader, names, ']', token.place));
  if (reader.takes('{')) return readSlot(reader, names, token.place);
  if (reader.takes('<')) {
    const name = reader.expectWord('the name of a part').text;
    reader.expect('>', `after the part's name '${name}'`);
    return names.part(name, token.place);
  }
  return undefined;
}

function wordOf(reader: TokenReader, token: Token): Expression {
  reader.next();
  if (/\d/.test(token.text)) {
    throw errorAt(
      token.place,
      `write '${token.text}' as it is said, in words, or use a slot like {level:number}.`,
    );
  }
  return word(token.text, token.place);
}

function readBracket(reader: TokenReader, names: Names, close: string, open: Place): Expression {
  const inner = readExpression(reader, names);
  reader.expect(close, `to close the bracket of line ${open.line}, column ${open.column}`);
  return inner;
}

function readSlot(reader: TokenReader, names: Names, place: Place): Expression {
  const name = reader.expectWord('the name of a slot').text;
  const type = reader.takes(':') ? reader.expectWord(`the type of slot '${name}'`).text : name;
  reader.expect('}', `after the slot '${name}'`);
  return names.slot(name, type, place);
}

/** The items of a list: alternatives, each with the value that it stands for after `=>` if that is not its words. */
export function readList(reader: TokenReader, names: Names): Expression {
  const items: Expression[] = [];
  do {
    const said = readSequence(reader, names);
    items.push(
      reader.takes('=>')
        ? sequence([said, mark(`=${readValue(reader, 'the value that the item stands for')}`)])
        : said,
    );
  } while (reader.takes('|'));
  return choice(items);
}

/** `=> name=value, name=value` after a sentence: slots that are not said. */
export function readConstants(reader: TokenReader): string[] {
  const constants: string[] = [];
  if (!reader.takes('=>')) return constants;
  do {
    const name = reader.expectWord('the name of a slot').text;
    reader.expect('=', `after '${name}', then its value`);
    constants.push(`@${name}=${readValue(reader, `the value of '${name}'`)}`);
  } while (reader.takes(','));
  return constants;
}

function readValue(reader: TokenReader, what: string): string {
  const words = [reader.expectWord(what).text];
  for (let token = reader.peek(); token?.kind === 'word'; token = reader.peek()) {
    words.push(token.text);
    reader.next();
  }
  return words.join(' ');
}

export function expectEnd(reader: TokenReader): void {
  if (!reader.atEnd)
    throw errorAt(reader.place, `${reader.found()} is too much here: the statement ends before it.`);
}
