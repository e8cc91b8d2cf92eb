import { DAY_SECONDS, MINUTE_SECONDS, weekdayOf } from './calendar';
import { frozen } from './frozen';
import { aheadOfUtc, momentAt, parseZone, type Zone } from './zone';

/** What a clock on the wall of the speaker's room shows. */
export interface WallTime {
  /** The day's number, see `calendar.ts`. */
  readonly day: number;
  /** Of the day, 0 to 1439. */
  readonly minute: number;
}

/** What a state knows of the time. */
export interface TimeKnown {
  readonly atMs: number;
  /** Milliseconds since 1970 at `atMs` 0; undefined as long as nobody has told the time. */
  readonly clockOffsetMs: number | undefined;
  /** A POSIX TZ string. */
  readonly zone: string;
}

const UTC: Zone = { standardSeconds: 0 };

export function zoneOf({ zone }: Pick<TimeKnown, 'zone'>): Zone {
  return parseZone(zone) ?? UTC;
}

/** Seconds since 1970, or undefined when nobody has told the time. */
export function epochSecondsOf({ atMs, clockOffsetMs }: TimeKnown): number | undefined {
  return clockOffsetMs === undefined ? undefined : Math.floor((atMs + clockOffsetMs) / 1000);
}

export function wallTimeOf(time: TimeKnown): WallTime | undefined {
  const seconds = epochSecondsOf(time);
  return seconds === undefined ? undefined : wallTimeAt(zoneOf(time), seconds);
}

/** When the day began there, in seconds since 1970, or undefined when nobody has told the time. */
export function midnightOf(time: TimeKnown): number | undefined {
  const now = wallTimeOf(time);
  return now && epochSecondsAt(zoneOf(time), { day: now.day, minute: 0 });
}

export function wallTimeAt(zone: Zone, epochSeconds: number): WallTime {
  const wall = epochSeconds + aheadOfUtc(zone, epochSeconds);
  const day = Math.floor(wall / DAY_SECONDS);
  return { day, minute: Math.floor((wall - day * DAY_SECONDS) / MINUTE_SECONDS) };
}

/** The moment of a time on the wall, in seconds since 1970. */
export function epochSecondsAt(zone: Zone, { day, minute }: WallTime): number {
  return momentAt(zone, day * DAY_SECONDS + minute * MINUTE_SECONDS);
}

const WEEKDAYS = frozen([
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const);

export function weekdayName(day: number): string {
  return WEEKDAYS[weekdayOf(day)] as string;
}

/** 0 for Sunday to 6 for Saturday; -1 for what is no day of the week. */
export function weekdayOfName(name: string): number {
  return (WEEKDAYS as readonly string[]).indexOf(name);
}
