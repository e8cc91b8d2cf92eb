import { type AlarmTime, nextDay } from './alarm-times';
import { epochSecondsAt, epochSecondsOf, type TimeKnown, wallTimeAt, zoneOf } from './wall-clock';
import type { Zone } from './zone';

export const MAX_ALARMS = 10;
/** How long an alarm rings for when nobody comes. */
export const ALARM_RINGS_MS = 900_000;
/** An alarm whose time has passed while there was no power or no time rings so much later still; better late than never. */
export const ALARM_LATE_SECONDS = 3_600;

const WEEK_DAYS = 7;

export interface Alarm extends AlarmTime {
  readonly id: number;
  /** When it rings next, in seconds since 1970: by its time, or later when it was put off. */
  readonly dueSeconds: number;
  readonly isSnoozed: boolean;
  /** Since when it rings, on the speaker's own clock; undefined while it does not. */
  readonly ringingSinceMs: number | undefined;
}

/** What the alarms of a speaker depend on. */
export interface AlarmState extends TimeKnown {
  readonly alarms: readonly Alarm[];
  readonly lastAlarmId: number;
}

export function withAlarm<S extends AlarmState>(state: S, time: AlarmTime): S {
  const id = state.lastAlarmId + 1;
  const alarm = {
    ...time,
    id,
    dueSeconds: epochSecondsAt(zoneOf(state), time),
    isSnoozed: false,
    ringingSinceMs: undefined,
  };
  return { ...state, lastAlarmId: id, alarms: [...state.alarms, alarm] };
}

/** The alarm that rings next, of those that do not ring already. */
export function nextAlarm(alarms: readonly Alarm[]): Alarm | undefined {
  let next: Alarm | undefined;
  for (const alarm of alarms) {
    if (!isRinging(alarm) && (next === undefined || alarm.dueSeconds < next.dueSeconds)) next = alarm;
  }
  return next;
}

export function isRinging({ ringingSinceMs }: Alarm): boolean {
  return ringingSinceMs !== undefined;
}

export function isSameAlarm(left: AlarmTime, right: AlarmTime): boolean {
  return (
    left.minute === right.minute &&
    left.weekdays === right.weekdays &&
    (left.weekdays !== 0 || left.day === right.day)
  );
}

/** Ends the alarms that ring: one that rings once is gone, another waits for its next day. */
export function silenceAlarms<S extends AlarmState>(state: S): S {
  if (!state.alarms.some(isRinging)) return state;
  const zone = zoneOf(state);
  return {
    ...state,
    alarms: state.alarms.flatMap((alarm) => (isRinging(alarm) ? over(alarm, zone) : [alarm])),
  };
}

/** Lets the alarms that ring do so again later. */
export function snoozeAlarms<S extends AlarmState>(state: S, untilSeconds: number): S {
  const alarms = state.alarms.map((alarm) =>
    isRinging(alarm)
      ? { ...alarm, dueSeconds: untilSeconds, isSnoozed: true, ringingSinceMs: undefined }
      : alarm,
  );
  return { ...state, alarms };
}

/** Lets alarms that are due ring, and those end that nobody answered. The same array when nothing is due. */
export function passAlarms({ alarms, clockOffsetMs, zone }: AlarmState, atMs: number): readonly Alarm[] {
  if (clockOffsetMs === undefined || !anyDue(alarms, atMs, clockOffsetMs)) return alarms;
  const there = zoneOf({ zone });
  return alarms.flatMap((alarm) => {
    if (!isDue(alarm, atMs, clockOffsetMs)) return [alarm];
    return isRinging(alarm) ? over(alarm, there) : [{ ...alarm, ringingSinceMs: atMs }];
  });
}

/** Alarms by a clock that was just set, or put forward or back, or by another zone: those whose time has passed for too long
 * are missed. One that was put off keeps its moment. */
export function byNewClock(state: AlarmState): {
  readonly alarms: readonly Alarm[];
  readonly missed: readonly Alarm[];
} {
  const now = epochSecondsOf(state);
  if (now === undefined) return { alarms: state.alarms, missed: [] };
  const zone = zoneOf(state);
  const missed: Alarm[] = [];
  const alarms = state.alarms.flatMap((alarm) => {
    if (isRinging(alarm)) return [alarm];
    const dueSeconds = alarm.isSnoozed ? alarm.dueSeconds : epochSecondsAt(zone, alarm);
    const again =
      alarm.weekdays === 0 ? Number.NaN : nextDay(alarm.weekdays, alarm.minute, wallTimeAt(zone, now));
    if (alarm.day > again + WEEK_DAYS) return [later(alarm, again, zone)]; // an earlier clock was far ahead
    if (dueSeconds + ALARM_LATE_SECONDS >= now) return [{ ...alarm, dueSeconds }];
    missed.push({ ...alarm, dueSeconds });
    return alarm.weekdays === 0 ? [] : [later(alarm, again, zone)];
  });
  return { alarms, missed };
}

function over(alarm: Alarm, zone: Zone): readonly Alarm[] {
  if (alarm.weekdays === 0) return [];
  return [later(alarm, nextDay(alarm.weekdays, alarm.minute, alarm), zone)];
}

function later(alarm: Alarm, day: number, zone: Zone): Alarm {
  const dueSeconds = epochSecondsAt(zone, { day, minute: alarm.minute });
  return { ...alarm, day, dueSeconds, isSnoozed: false, ringingSinceMs: undefined };
}

/** Runs with every tick, hence without anything to allocate. */
function anyDue(alarms: readonly Alarm[], atMs: number, clockOffsetMs: number): boolean {
  for (let i = 0; i < alarms.length; i += 1) {
    const alarm = alarms[i];
    if (alarm && isDue(alarm, atMs, clockOffsetMs)) return true;
  }
  return false;
}

function isDue({ dueSeconds, ringingSinceMs }: Alarm, atMs: number, clockOffsetMs: number): boolean {
  return ringingSinceMs === undefined
    ? atMs + clockOffsetMs >= dueSeconds * 1000
    : atMs >= ringingSinceMs + ALARM_RINGS_MS;
}
