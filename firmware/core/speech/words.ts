import { frozen } from '../frozen';

/** Words that are also counted by: each at the place of its number. */

export const BELOW_TWENTY = frozen([
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const);

/** From twenty on. */
export const TENS = frozen([
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
] as const);

export const MONTHS = frozen([
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const);

/** From the first to the twentieth, at the end of a sentence. */
export const ORDINALS = frozen([
  'first.',
  'second.',
  'third.',
  'fourth.',
  'fifth.',
  'sixth.',
  'seventh.',
  'eighth.',
  'ninth.',
  'tenth.',
  'eleventh.',
  'twelfth.',
  'thirteenth.',
  'fourteenth.',
  'fifteenth.',
  'sixteenth.',
  'seventeenth.',
  'eighteenth.',
  'nineteenth.',
  'twentieth.',
] as const);
