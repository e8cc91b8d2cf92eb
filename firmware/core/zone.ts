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

const NAME = '(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)';
const CLOCK = '([+-]?)(\\d{1,3})(?::(\\d{1,2}))?(?::(\\d{1,2}))?';
const ZONE = new RegExp(`^${NAME}${CLOCK}(?:${NAME}(?:${CLOCK})?,([^,]+),([^,]+))?$`);
const RULE = new RegExp(`^(?:M(\\d{1,2})\\.(\\d)\\.(\\d)|(J?)(\\d{1,3}))(?:/${CLOCK})?$`);
const MOST_OFFSET_HOURS = 24;
const MOST_RULE_HOURS = 167;
const CHANGES_AT_HOUR = '2';

/** Undefined when the text is no zone. One with summer time has to say when that begins and ends. */
export function parseZone(text: string): Zone | undefined {
  const parts = ZONE.exec(text);
  if (!parts) return undefined;
  const west = secondsOf(parts.slice(1, 5), MOST_OFFSET_HOURS);
  if (west === undefined) return undefined;
  const [beginText, endText] = parts.slice(9);
  if (beginText === undefined || endText === undefined) return { standardSeconds: 0 - west };
  const summerWest = parts[6] === undefined ? west - 3_600 : secondsOf(parts.slice(5, 9), MOST_OFFSET_HOURS);
  const begin = parseRule(beginText);
  const end = parseRule(endText);
  if (summerWest === undefined || !begin || !end) return undefined;
  return { standardSeconds: 0 - west, summer: { aheadSeconds: 0 - summerWest, begin, end } };
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
  const parts = RULE.exec(text);
  if (!parts) return undefined;
  const [, month, week, weekday, julian, dayText, sign, hours = CHANGES_AT_HOUR, ...rest] = parts;
  const seconds = secondsOf([sign, hours, ...rest], MOST_RULE_HOURS);
  if (seconds === undefined) return undefined;
  if (month !== undefined) {
    const rule = [Number(month), Number(week), Number(weekday)] as const;
    const isRight = isWithin(rule[0], 1, 12) && isWithin(rule[1], 1, 5) && rule[2] <= 6;
    return isRight ? { dayIn: (year) => weekdayIn(year, ...rule), seconds } : undefined;
  }
  const day = Number(dayText);
  if (julian === 'J')
    return isWithin(day, 1, 365) ? { dayIn: (year) => julianDay(year, day), seconds } : undefined;
  return day <= 365 ? { dayIn: (year) => firstDay(year) + day, seconds } : undefined;
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

/** Of a sign, hours, minutes and seconds. */
function secondsOf(
  [sign, hours, minutes = '0', seconds = '0']: readonly (string | undefined)[],
  mostHours: number,
): number | undefined {
  if (Number(hours) > mostHours || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? 0 - total : total;
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
