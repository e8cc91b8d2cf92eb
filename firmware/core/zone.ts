import { DAY_SECONDS, dateOf, dayOf, weekdayOf } from './calendar';

/** A time zone as a POSIX TZ string says it, such as `CET-1CEST,M3.5.0,M10.5.0/3`: an hour before Greenwich's, in summer
 * two, from the last Sunday of March at 2 to that of October at 3. */
export interface Zone {
  /** What the clock is ahead of UTC. */
  readonly standardSeconds: number;
  readonly summer?: Summer;
}

interface Summer {
  readonly aheadSeconds: number;
  readonly begin: Rule;
  readonly end: Rule;
}

/** A moment of every year, by the clock that is valid until then. */
interface Rule {
  /** The day's number, in a year. */
  readonly dayIn: (year: number) => number;
  readonly seconds: number;
}

const MOST_OFFSET_HOURS = 24;
const MOST_RULE_HOURS = 167;
const CHANGES_AT = '2';

/** Undefined when the text is no zone. One with summer time has to say when that begins and ends. */
export function parseZone(text: string): Zone | undefined {
  const [names = '', beginText, endText, ...more] = text.split(',');
  const parts =
    /^(?:[a-z]{3,}|<[a-z\d+-]{3,}>)([+-]?[\d:]+)(?:([a-z]{3,}|<[a-z\d+-]{3,}>)([+-]?[\d:]+)?)?$/i.exec(names);
  if (!parts || more.length > 0) return undefined;
  const [, offset = '', summerName, summerOffset] = parts;
  const west = secondsOf(offset, MOST_OFFSET_HOURS);
  if (west === undefined) return undefined;
  const standardSeconds = 0 - west;
  if (summerName === undefined && beginText === undefined) return { standardSeconds };
  if (summerName === undefined || beginText === undefined || endText === undefined) return undefined;
  const summerWest = summerOffset === undefined ? west - 3_600 : secondsOf(summerOffset, MOST_OFFSET_HOURS);
  const begin = parseRule(beginText);
  const end = parseRule(endText);
  if (summerWest === undefined || !begin || !end) return undefined;
  return { standardSeconds, summer: { aheadSeconds: 0 - summerWest, begin, end } };
}

/** What the clock on the wall is ahead of UTC at a moment, in seconds since 1970. */
export function aheadOfUtc({ standardSeconds, summer }: Zone, epochSeconds: number): number {
  if (!summer) return standardSeconds;
  const { year } = dateOf(Math.floor((epochSeconds + standardSeconds) / DAY_SECONDS));
  const begin = momentOf(summer.begin, year) - standardSeconds;
  const end = momentOf(summer.end, year) - summer.aheadSeconds;
  const isSummer =
    begin < end ? epochSeconds >= begin && epochSeconds < end : epochSeconds >= begin || epochSeconds < end;
  return isSummer ? summer.aheadSeconds : standardSeconds;
}

/** The moment at which the clock on the wall shows a time, given in seconds since its own 1 January 1970. Of a time that
 * comes twice the first; one that is skipped comes as much later as the clock is put forward. */
export function momentAt(zone: Zone, wallSeconds: number): number {
  const { standardSeconds, summer } = zone;
  const ahead = summer
    ? [Math.max(standardSeconds, summer.aheadSeconds), Math.min(standardSeconds, summer.aheadSeconds)]
    : [standardSeconds];
  const fitting = ahead.find((seconds) => aheadOfUtc(zone, wallSeconds - seconds) === seconds);
  return wallSeconds - (fitting ?? Math.min(...ahead));
}

function momentOf({ dayIn, seconds }: Rule, year: number): number {
  return dayIn(year) * DAY_SECONDS + seconds;
}

function parseRule(text: string): Rule | undefined {
  const [date = '', time = CHANGES_AT, ...more] = text.split('/');
  const seconds = secondsOf(time, MOST_RULE_HOURS);
  const dayIn = parseDay(date);
  return seconds === undefined || !dayIn || more.length > 0 ? undefined : { dayIn, seconds };
}

function parseDay(text: string): Rule['dayIn'] | undefined {
  const [, month, week, weekday] = (/^M(\d{1,2})\.(\d)\.(\d)$/.exec(text) ?? []).map(Number);
  if (month !== undefined && week !== undefined && weekday !== undefined) {
    const isRight = isWithin(month, 1, 12) && isWithin(week, 1, 5) && weekday <= 6;
    return isRight ? (year) => weekdayIn(year, month, week, weekday) : undefined;
  }
  const [, julian, dayText] = /^(J?)(\d{1,3})$/.exec(text) ?? [];
  if (dayText === undefined) return undefined;
  const day = Number(dayText);
  if (julian === 'J') return isWithin(day, 1, 365) ? (year) => julianDay(year, day) : undefined;
  return day <= 365 ? (year) => firstDay(year) + day : undefined;
}

/** The first, second … or, with 5, last such weekday of a month. */
function weekdayIn(year: number, month: number, week: number, weekday: number): number {
  const first = dayOf({ year, month, day: 1 });
  const day = first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (week - 1);
  return dateOf(day).month === month ? day : day - 7;
}

/** Counted from 1, without leap days. */
function julianDay(year: number, day: number): number {
  const hasLeapDay = dayOf({ year, month: 3, day: 1 }) - firstDay(year) === 60;
  return firstDay(year) + day - 1 + (hasLeapDay && day > 59 ? 1 : 0);
}

function firstDay(year: number): number {
  return dayOf({ year, month: 1, day: 1 });
}

/** Of hours, minutes and seconds, `-5:45:00` for example. */
function secondsOf(text: string, mostHours: number): number | undefined {
  const parts = /^([+-]?)(\d{1,3})(?::(\d{1,2}))?(?::(\d{1,2}))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, hours, minutes = '0', seconds = '0'] = parts;
  if (Number(hours) > mostHours || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? 0 - total : total;
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
