import { weekdayOf } from './calendar';
import { frozen } from './frozen';
import { type WallTime, weekdayOfName } from './wall-clock';

/** When an alarm rings: at a minute of its next day, and, where it has weekdays, on each of them from then on. */
export interface AlarmTime extends WallTime {
  /** Bit 0 for Sunday to bit 6 for Saturday; 0 for an alarm that rings once. */
  readonly weekdays: number;
}

const EVERY: Readonly<Record<string, number>> = frozen({
  weekdays: 0b0111110,
  weekends: 0b1000001,
  'every day': 0b1111111,
});

const HALF_DAY_MINUTES = 720;
const HOUR_MINUTES = 60;
/** Whoever is still awake then means the coming day when they say "tomorrow": too early wakes, a day late does not. */
const NIGHT_ENDS_MINUTES = 240;

/** What somebody means by a time of day, `HH:MM` or `~HH:MM` (either half of the day), and a day as the grammar names it.
 * Undefined when it is no time, no day, or past. */
export function alarmTimeOf(time: string, day: string | undefined, now: WallTime): AlarmTime | undefined {
  const [, either, hours, minutes] = /^(~?)(\d\d):(\d\d)$/.exec(time) ?? [];
  const minute = Number(hours) * HOUR_MINUTES + Number(minutes);
  if (!(minute < 2 * HALF_DAY_MINUTES)) return undefined;
  const minutesMeant = either === '~' ? [minute, minute + HALF_DAY_MINUTES] : [minute];
  const later = minutesMeant.find((each) => each > now.minute);
  if (day === undefined)
    return later === undefined
      ? { day: now.day + 1, minute: Math.min(...minutesMeant), weekdays: 0 }
      : { day: now.day, minute: later, weekdays: 0 };
  if (day === 'today') return later === undefined ? undefined : { day: now.day, minute: later, weekdays: 0 };
  return onOtherDay(either === '~' ? likelier(minute) : minute, day, now);
}

/** Of a day that is named, people mean the morning; at twelve they mean noon. */
function likelier(minute: number): number {
  return minute < HOUR_MINUTES ? minute + HALF_DAY_MINUTES : minute;
}

function onOtherDay(minute: number, day: string, now: WallTime): AlarmTime | undefined {
  if (day === 'tomorrow') {
    const isNight = now.minute < NIGHT_ENDS_MINUTES && minute > now.minute;
    return { day: now.day + (isNight ? 0 : 1), minute, weekdays: 0 };
  }
  const weekday = weekdayOfName(day);
  if (weekday >= 0) return { day: nextDay(1 << weekday, minute, now), minute, weekdays: 0 };
  const weekdays = Object.hasOwn(EVERY, day) ? EVERY[day] : undefined;
  return weekdays === undefined ? undefined : { day: nextDay(weekdays, minute, now), minute, weekdays };
}

/** The next day, today among them if the time is still to come, that is one of the weekdays. */
export function nextDay(weekdays: number, minute: number, now: WallTime): number {
  let day = minute > now.minute ? now.day : now.day + 1;
  while ((weekdays & (1 << weekdayOf(day))) === 0) day += 1;
  return day;
}

/** `weekdays` and the like, or undefined for an alarm that rings once. */
export function everyName(weekdays: number): string | undefined {
  return Object.keys(EVERY).find((name) => EVERY[name] === weekdays);
}
