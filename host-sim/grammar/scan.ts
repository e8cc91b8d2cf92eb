import { errorAt, type Place } from './problem';

export interface Token {
  readonly text: string;
  readonly kind: 'word' | 'sign' | 'mark';
  readonly place: Place;
}

export interface Statement {
  readonly place: Place;
  readonly tokens: readonly Token[];
  /** The text without comments, lines joined by one space. */
  readonly text: string;
}

const TOKEN = /\s+|=>|-\d+(?:\.\d+)?|[\p{L}\p{N}][\p{L}\p{N}'’_.-]*|[()[\]|{}:=,<>!…]/uy;
/** Only the built-in types are written with marks; a person's grammar has none. */
const TOKEN_OR_MARK = /\s+|=>|`[^`]+`|[\p{L}\p{N}][\p{L}\p{N}'’_.-]*|[()[\]|{}:=,<>!…]/uy;

/** One statement a line; a line that starts with a space goes on with the statement before it. `#` is a comment. */
export function statementsOf(file: string, text: string): Statement[] {
  const statements: { place: Place; tokens: Token[]; text: string }[] = [];
  // an accent may come as a sign of its own; what looks the same is the same
  text
    .normalize('NFC')
    .split(/\r?\n/)
    .forEach((rawLine, index) => {
      const line = rawLine.replace(/#.*$/, '');
      if (line.trim() === '') return;
      const place = { file, line: index + 1, column: line.search(/\S/) + 1 };
      const tokens = scan(line, { ...place, column: 1 });
      const before = statements.at(-1);
      if (/^\s/.test(line) && before !== undefined) {
        before.tokens.push(...tokens);
        before.text += ` ${line.trim()}`;
      } else {
        statements.push({ place, tokens, text: line.trim() });
      }
    });
  return statements;
}

export function scan(line: string, start: Place, marksAllowed = false): Token[] {
  const pattern = marksAllowed ? TOKEN_OR_MARK : TOKEN;
  const tokens: Token[] = [];
  let position = 0;
  while (position < line.length) {
    const place = { ...start, column: start.column + position };
    pattern.lastIndex = position;
    const text = pattern.exec(line)?.[0];
    if (text === undefined) {
      throw errorAt(
        place,
        `${nameOf(line.codePointAt(position) ?? 0)} has no meaning here. Sentences are words, ( | ), [ ], { } and < >.`,
      );
    }
    position += text.length;
    if (!marksAllowed) refuseGlued(tokens.at(-1), text, place, line);
    if (text.startsWith('`')) tokens.push({ text: text.slice(1, -1), kind: 'mark', place });
    else if (/^[-\p{L}\p{N}]/u.test(text))
      tokens.push({ text: text.replace(/’/g, "'"), kind: 'word', place });
    else if (text.trim() !== '') tokens.push({ text, kind: 'sign', place });
  }
  return tokens;
}

/** `light[s]` would be two words, of which the second is an S: what is meant is another word. */
function refuseGlued(before: Token | undefined, text: string, place: Place, line: string): void {
  const isAdjacent = before !== undefined && before.place.column + before.text.length === place.column;
  if (!isAdjacent) return;
  const isWord = /^[\p{L}\p{N}]/u.test(text);
  const isGlued =
    (before.kind === 'word' && /^[[(]$/.test(text)) || (isWord && /^[\])}>]$/.test(before.text));
  if (!isGlued) return;
  const [whole = ''] = /\S*$/.exec(line.slice(0, place.column - 1)) ?? [];
  const rest = /^\S*/.exec(line.slice(place.column - 1))?.[0] ?? '';
  throw errorAt(
    place,
    `'${whole}${rest}' would be more than one word. Words are written out, like (light | lights), and parted from brackets ` +
      'by a space.',
  );
}

/** A character that a person may see or not. */
function nameOf(code: number): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const character = String.fromCodePoint(code);
  if (/[\p{M}\p{C}\p{Z}]/u.test(character)) return `the character ${number}, which cannot be seen by itself,`;
  return code < 0x7f ? `'${character}'` : `'${character}' (${number})`;
}

/** Reads tokens one after the other. */
export class TokenReader {
  private index = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly start: Place,
  ) {}

  /** The next token's place, or the place just after the last one. */
  get place(): Place {
    const next = this.tokens[this.index];
    if (next !== undefined) return next.place;
    const last = this.tokens.at(-1);
    return last === undefined ? this.start : { ...last.place, column: last.place.column + last.text.length };
  }

  get atEnd(): boolean {
    return this.index >= this.tokens.length;
  }

  peek(): Token | undefined {
    return this.tokens[this.index];
  }

  next(): Token | undefined {
    return this.tokens[this.index++];
  }

  /** Takes the sign when it is next. */
  takes(sign: string): boolean {
    const token = this.peek();
    if (token === undefined || token.kind !== 'sign' || token.text !== sign) return false;
    this.index++;
    return true;
  }

  expect(sign: string, why: string): void {
    if (!this.takes(sign)) throw errorAt(this.place, `expected '${sign}' ${why}, found ${this.found()}.`);
  }

  expectWord(what: string): Token {
    const token = this.peek();
    if (token === undefined || token.kind !== 'word')
      throw errorAt(this.place, `expected ${what}, found ${this.found()}.`);
    this.index++;
    return token;
  }

  found(): string {
    const token = this.peek();
    return token === undefined ? 'the end of the line' : `'${token.text}'`;
  }
}
