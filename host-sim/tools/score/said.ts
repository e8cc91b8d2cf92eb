/** What was understood of sentences whose meaning is known: right, refused, wrong; and what was done that nobody meant. */
import { meaningOfCommand, NO_MEANING, type Said } from '../../grammar/said-table';
import { isDone } from './count';
import type { Share } from './interval';
import type { Understood } from './understand';

/** One spoken sentence and what was understood of it; null when it was refused. */
export interface SaidAnswer extends Said {
  readonly voice: string;
  readonly heard: Understood | null;
}

/** What undoes the other, whatever else is said. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['turnOn', 'turnOff'],
  ['brighten', 'dim'],
  ['brighten', 'turnOff'],
  ['turnOn', 'dim'],
  ['open', 'close'],
  ['lock', 'unlock'],
  ['volumeUp', 'volumeDown'],
  ['warmer', 'cooler'],
  ['pause', 'resume'],
  ['stop', 'resume'],
  ['stop', 'play'],
  ['next', 'previous'],
  ['setAlarm', 'cancelAlarm'],
  ['setTimer', 'cancelTimer'],
  ['pauseTimer', 'resumeTimer'],
  ['addToTimer', 'takeFromTimer'],
  ['addToList', 'removeFromList'],
];

/** Where doing it unasked does harm. */
const RISKY =
  /^(lock|unlock|open|close|setAlarm|cancelAlarm|setTemperature|warmer|cooler)\b|device=(heating|heater|oven|stove)/;

/** Not the same as being done: no sentence of a table that means nothing may be. */
export function isActed({ meaning, heard }: SaidAnswer): boolean {
  return isDone(heard) && isNothing(meaning);
}

export function isNothing(meaning: string): boolean {
  return meaning === NO_MEANING || meaning.startsWith(NOT);
}

/** The opposite of what was meant was done: "not unlock" unlocks. */
export function isOpposite({ meaning, heard }: SaidAnswer): boolean {
  if (!isDone(heard)) return false;
  const [intent = '', forbidden] = meaning.split(' ');
  if (meaning.startsWith(NOT)) return heard.intent === forbidden;
  return OPPOSITES.some(
    (pair) => pair.includes(intent as never) && pair.includes(heard.intent) && intent !== heard.intent,
  );
}

export function isRisky({ heard }: SaidAnswer): boolean {
  return isDone(heard) && RISKY.test(meaningOfCommand(heard));
}

export function isSaidRight({ meaning, heard }: SaidAnswer): boolean {
  return isNothing(meaning) ? !isDone(heard) : isDone(heard) && meaningOfCommand(heard) === meaning;
}

/** How often the claim holds, for each value of a field, in the order in which they come. */
export function sharesBy<Field extends 'kind' | 'voice'>(
  answers: readonly SaidAnswer[],
  field: Field,
  claim: (answer: SaidAnswer) => boolean,
): ReadonlyMap<string, Share> {
  const shares = new Map<string, Share>();
  for (const answer of answers) {
    const { count, of } = shares.get(answer[field]) ?? { count: 0, of: 0 };
    shares.set(answer[field], { count: count + Number(claim(answer)), of: of + 1 });
  }
  return shares;
}

export function shareOf(answers: readonly SaidAnswer[], claim: (answer: SaidAnswer) => boolean): Share {
  return { count: answers.filter(claim).length, of: answers.length };
}

const NOT = 'not ';
