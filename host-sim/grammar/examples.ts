import type { Expression } from './expression';
import type { Sentence } from './grammar';

/** A number from 0 up to 1, the next of a row that the seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the sentences, each line of the grammar as likely as any other, said in one of its ways. */
export function exampleOf(sentences: readonly Sentence[], random: () => number): string {
  const words: string[] = [];
  const { said } = pick(sentences, random);
  say(said, random, words);
  return words.join(' ');
}

function say(expression: Expression, random: () => number, words: string[]): void {
  switch (expression.kind) {
    case 'word':
      words.push(expression.text);
      break;
    case 'mark':
      break;
    case 'slot':
      say(expression.body, random, words);
      break;
    case 'sequence':
      for (const item of expression.items) say(item, random, words);
      break;
    case 'choice':
      say(pick(expression.options.filter(canBeSaid), random), random, words);
  }
}

/** A choice of nothing is left where a slot's mark found no word to stand before. */
function canBeSaid(expression: Expression): boolean {
  switch (expression.kind) {
    case 'slot':
      return canBeSaid(expression.body);
    case 'sequence':
      return expression.items.every(canBeSaid);
    case 'choice':
      return expression.options.some(canBeSaid);
    default:
      return true;
  }
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('there is nothing to choose from');
  return item;
}
