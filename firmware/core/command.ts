import type { SlotValue } from './ports';

/** What was asked for. Slot values are words as the grammar's list names them, or numbers: percent 0–100, durations
 * in seconds. A time of day is `HH:MM`; `~HH:MM` when nobody said which half of the day (00:00–11:59). */
export interface Command {
  readonly intent: string;
  readonly slots: Readonly<Record<string, SlotValue>>;
  /** What was said, without marks. */
  readonly words: string;
}

/** Reads what the decoder put out: words, and marks known by their first character.
 *
 *  - `<intent`, `@slot=value` (filled without being said): anywhere
 *  - `{slot` … `}`: the words between are the slot's, unless marks between them say what they stand for:
 *    - `=value`: the list's own name for it
 *    - `+n` adds to the term in hand, `*n` multiplies it, `;` puts the term by for the sum
 *    - `^am`, `^pm`, `^either`: the sum is a time of day, in minutes
 *
 * Undefined when there is no intent yet, as in partial results. */
export function commandOf(tokens: readonly string[]): Command | undefined {
  let intent: string | undefined;
  const slots: Record<string, SlotValue> = {};
  const words: string[] = [];
  let open: OpenSlot | undefined;
  for (const token of tokens) {
    const rest = token.slice(1);
    switch (token[0]) {
      case '<':
        intent = rest;
        break;
      case '@':
        slots[rest.slice(0, rest.indexOf('='))] = numberOrText(rest.slice(rest.indexOf('=') + 1));
        break;
      case '{':
        open = { name: rest, words: [], marks: [] };
        break;
      case '}':
        if (open !== undefined) slots[open.name] = slotValueOf(open);
        open = undefined;
        break;
      case '=':
      case '+':
      case '*':
      case ';':
      case '^':
        open?.marks.push(token);
        break;
      default:
        words.push(token);
        open?.words.push(token);
    }
  }
  return intent === undefined ? undefined : { intent, slots, words: words.join(' ') };
}

interface OpenSlot {
  readonly name: string;
  readonly words: string[];
  readonly marks: string[];
}

function slotValueOf(slot: OpenSlot): SlotValue {
  const named = slot.marks.find((mark) => mark[0] === '=');
  if (named !== undefined) return numberOrText(named.slice(1));
  const halfDay = slot.marks.find((mark) => mark[0] === '^');
  if (halfDay !== undefined) return timeOfDay(sumOf(slot.marks), halfDay);
  return slot.marks.length > 0 ? sumOf(slot.marks) : slot.words.join(' ');
}

function numberOrText(value: string): SlotValue {
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function sumOf(marks: readonly string[]): number {
  let sum = 0;
  let term = 0;
  for (const mark of marks) {
    const amount = Number(mark.slice(1));
    if (mark[0] === '+') term += amount;
    if (mark[0] === '*') term *= amount;
    if (mark[0] === ';') {
      sum += term;
      term = 0;
    }
  }
  return sum + term;
}

const HALF_DAY_MINUTES = 720;

function timeOfDay(minutes: number, halfDay: string): string {
  const onClock = ((minutes % HALF_DAY_MINUTES) + HALF_DAY_MINUTES) % HALF_DAY_MINUTES;
  const ofDay = onClock + (halfDay === '^pm' ? HALF_DAY_MINUTES : 0);
  const text = `${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`;
  return halfDay === '^either' ? `~${text}` : text;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
