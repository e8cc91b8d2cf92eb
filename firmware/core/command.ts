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
 *    - `^am`, `^pm`, `^night`, `^day`, `^either`: the sum is a time of day, in minutes; beside a `=value` (a day) it is
 *      another slot's time that is in this half of the day
 *  - `!` (the decoder wanted more certainty) and `…` (anything followed) say nothing here
 *
 * A slot that is said twice has both values.
 *
 * Undefined when there is no intent yet, as in partial results. */
export function commandOf(tokens: readonly string[]): Command | undefined {
  let intent: string | undefined;
  const slots: Record<string, SlotValue> = {};
  const words: string[] = [];
  let open: OpenSlot | undefined;
  let halfDay: string | undefined;
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
        if (open !== undefined) {
          slots[open.name] = withAnother(slots[open.name], slotValueOf(open));
          if (open.marks.some(isNamed)) halfDay = open.marks.find(isHalfDay) ?? halfDay;
        }
        open = undefined;
        break;
      case '=':
      case '+':
      case '*':
      case ';':
      case '^':
        open?.marks.push(token);
        break;
      case '!':
      case '…':
        break;
      default:
        words.push(token);
        open?.words.push(token);
    }
  }
  if (intent === undefined) return undefined;
  if (halfDay !== undefined) settleTimes(slots, halfDay);
  return { intent, slots, words: words.join(' ') };
}

function withAnother(before: SlotValue | undefined, value: string | number): SlotValue {
  if (before === undefined) return value;
  return typeof before === 'object' ? [...before, value] : [before, value];
}

/** "at seven … tomorrow evening": the times that could have been in either half of the day. */
function settleTimes(slots: Record<string, SlotValue>, halfDay: string): void {
  for (const name of Object.keys(slots)) {
    const [, hours, minutes] = /^~(\d\d):(\d\d)$/.exec(String(slots[name])) ?? [];
    if (hours !== undefined) slots[name] = timeOfDay(Number(hours) * 60 + Number(minutes), halfDay);
  }
}

interface OpenSlot {
  readonly name: string;
  readonly words: string[];
  readonly marks: string[];
}

function isNamed(mark: string): boolean {
  return mark[0] === '=';
}

function isHalfDay(mark: string): boolean {
  return mark[0] === '^';
}

function slotValueOf(slot: OpenSlot): string | number {
  const named = slot.marks.find(isNamed);
  if (named !== undefined) return numberOrText(named.slice(1));
  const halfDay = slot.marks.find(isHalfDay);
  if (halfDay !== undefined) return timeOfDay(sumOf(slot.marks), halfDay);
  return slot.marks.length > 0 ? sumOf(slot.marks) : slot.words.join(' ');
}

function numberOrText(value: string): string | number {
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
  return Math.round((sum + term) * 1000) / 1000; // tenths are no sums of powers of two
}

const HALF_DAY_MINUTES = 720;
/** "Four at night" is before dawn, "five at night" is in the evening; so is what is left of midnight's hour. */
const NIGHT_ENDS_MINUTES = 300;

function timeOfDay(minutes: number, halfDay: string): string {
  const day = 2 * HALF_DAY_MINUTES;
  const ofDay =
    halfDay === '^day' ? (minutes + day) % day : onClock(minutes) + offset(onClock(minutes), halfDay);
  const text = `${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`;
  return halfDay === '^either' ? `~${text}` : text;
}

function onClock(minutes: number): number {
  return ((minutes % HALF_DAY_MINUTES) + HALF_DAY_MINUTES) % HALF_DAY_MINUTES;
}

function offset(clockMinutes: number, halfDay: string): number {
  const isLate = halfDay === '^pm' || (halfDay === '^night' && clockMinutes >= NIGHT_ENDS_MINUTES);
  return isLate ? HALF_DAY_MINUTES : 0;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
