import type { Place } from './problem';

/** What may be said, after imports, lists and parts are put in place. Marks are the strings that the decoder puts
 * out beside the words (`firmware/core/command.ts` reads them). */
export type Expression = Word | Sequence | Choice | Mark | Slot;

export interface Word {
  readonly kind: 'word';
  readonly text: string;
  readonly place: Place;
  /** Marks that go out just before the word. */
  readonly opening: readonly string[];
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly items: readonly Expression[];
}

export interface Choice {
  readonly kind: 'choice';
  readonly options: readonly Expression[];
}

/** Goes out with the word before it. */
export interface Mark {
  readonly kind: 'mark';
  readonly text: string;
}

export interface Slot {
  readonly kind: 'slot';
  readonly name: string;
  readonly body: Expression;
}

/** Stands for anything that is said from there on. It ends a sentence. */
export const ANYTHING = '…';

/** Goes out with an intent that is not done unless it is quite sure. */
export const CAREFUL = '!';

/** Of what goes out: marks begin with a sign. */
export function isWord(output: string): boolean {
  return /^[\p{L}\p{N}]/u.test(output);
}

const NOTHING: Sequence = { kind: 'sequence', items: [] };

export function word(text: string, place: Place): Word {
  return { kind: 'word', text: text.toLowerCase(), place, opening: [] };
}

export function mark(text: string): Mark {
  return { kind: 'mark', text };
}

export function sequence(items: readonly Expression[]): Expression {
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
}

export function choice(options: readonly Expression[]): Expression {
  return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options };
}

export function optional(expression: Expression): Expression {
  return { kind: 'choice', options: [expression, NOTHING] };
}

/** True when it can be said by saying nothing. */
export function canBeEmpty(expression: Expression): boolean {
  switch (expression.kind) {
    case 'word':
      return false;
    case 'mark':
      return true;
    case 'slot':
      return canBeEmpty(expression.body);
    case 'sequence':
      return expression.items.every(canBeEmpty);
    case 'choice':
      return expression.options.some(canBeEmpty);
  }
}

/** The same, with a mark before the first word, whichever that is. Ways to say nothing are left out. */
export function opened(expression: Expression, text: string): Expression {
  switch (expression.kind) {
    case 'word':
      return { ...expression, opening: [text, ...expression.opening] };
    case 'mark':
      return { kind: 'choice', options: [] };
    case 'slot':
      return { ...expression, body: opened(expression.body, text) };
    case 'choice':
      return choice(expression.options.map((option) => opened(option, text)));
    case 'sequence':
      return openedSequence(expression.items, text);
  }
}

function openedSequence(items: readonly Expression[], text: string): Expression {
  const [first, ...rest] = items;
  if (first === undefined) return { kind: 'choice', options: [] };
  const startsHere = sequence([opened(first, text), ...rest]);
  return canBeEmpty(first) ? choice([startsHere, openedSequence(rest, text)]) : startsHere;
}

/** How many different word strings there are; a slot counts as one unless its values are counted too. */
export function countSentences(expression: Expression, withSlotValues: boolean): number {
  switch (expression.kind) {
    case 'word':
    case 'mark':
      return 1;
    case 'slot':
      return withSlotValues ? countSentences(expression.body, true) : 1;
    case 'sequence':
      return expression.items.reduce((product, item) => product * countSentences(item, withSlotValues), 1);
    case 'choice':
      return expression.options.reduce((sum, option) => sum + countSentences(option, withSlotValues), 0);
  }
}
