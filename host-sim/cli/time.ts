import { dateText, dayOf } from '../../firmware/core/calendar';
import { epochSecondsAt, zoneOf } from '../../firmware/core/wall-clock';
import { Problem } from './problem';

/** Milliseconds since 1970 at a time as a clock in the zone shows it, `2026-12-01T21:00`; undefined when none is given. */
export function epochMsOf(time: string | undefined, zone = 'UTC0'): number | undefined {
  if (time === undefined) return undefined;
  const [date, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(time) ?? [];
  const number = dayOf({ year: Number(year), month: Number(month), day: Number(day) });
  const isThere = date?.startsWith(dateText(number));
  if (!isThere || Number(hour) > 23 || Number(minute) > 59)
    throw new Problem(`--time '${time}': a date and a time like 2026-12-01T21:00 would be right`);
  const wall = { day: number, minute: Number(hour) * 60 + Number(minute) };
  return 1000 * epochSecondsAt(zoneOf({ zone }), wall);
}
