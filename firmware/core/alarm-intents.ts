import { type AlarmTime, alarmTimeOf, everyName } from './alarm-times';
import {
  type Alarm,
  isRinging,
  isSameAlarm,
  MAX_ALARMS,
  nextAlarm,
  silenceAlarms,
  snoozeAlarms,
  withAlarm,
} from './alarms';
import type { Answer } from './answers';
import { dateText, MINUTE_SECONDS, timeText, weekdayOf } from './calendar';
import { numberOf, type Slots, textOf } from './slots';
import type { State } from './state';
import { changedBy, nextTimer, replaceTimer } from './timers';
import { answer, refuse } from './transitions';
import { epochSecondsOf, wallTimeAt, wallTimeOf, weekdayName, zoneOf } from './wall-clock';

export function setAlarm(state: State, { time, day }: Slots): State {
  const now = wallTimeOf(state);
  if (!now) return refuse(state, 'timeUnknown');
  const said = textOf(time);
  if (said === undefined) return refuse(state, 'notUnderstood');
  const alarm = alarmTimeOf(said, textOf(day), now);
  if (!alarm) return refuse(state, 'timePast');
  if (state.alarms.some((other) => isSameAlarm(other, alarm)))
    return answer(state, 'alarmSet', valuesOf(alarm));
  if (state.alarms.length >= MAX_ALARMS) return refuse(state, 'tooManyAlarms');
  return answer(withAlarm(state, alarm), 'alarmSet', valuesOf(alarm));
}

/** Without a time: an alarm that rings, or else the next; with `which` "all" every one. One that rings on several days and
 * rings now only ends for today. */
export function cancelAlarm(state: State, { time, day, which }: Slots): State {
  if (which === 'all') return cancelled(state, state.alarms);
  const said = textOf(time);
  if (said !== undefined)
    return cancelled(
      state,
      state.alarms.filter((alarm) => isAt(alarm, said, textOf(day), state)),
    );
  if (state.alarms.some(isRinging)) return answer(silenceAlarms(state), 'alarmsCancelled', { count: 1 });
  const next = nextAlarm(state.alarms);
  return cancelled(state, next ? [next] : []);
}

export function alarmTime(state: State, { day }: Slots): State {
  const name = textOf(day);
  const asked =
    name === undefined
      ? state.alarms
      : state.alarms.filter((alarm) => isAt(alarm, timeText(alarm.minute), name, state));
  const next = nextAlarm(asked);
  if (!next) return refuse(state, 'noSuchAlarm');
  if (state.clockOffsetMs === undefined) return refuse(state, 'timeUnknown');
  return answer(
    state,
    'alarmNext',
    next.isSnoozed
      ? { ...valuesOf({ ...next, ...wallTimeAt(zoneOf(state), next.dueSeconds) }), snoozed: 1 }
      : valuesOf(next),
  );
}

/** Puts off what rings: alarms, or else a timer. */
export function snooze(state: State, { duration }: Slots): State {
  const said = numberOf(duration);
  const seconds = Number.isNaN(said) ? state.snoozeMinutes * MINUTE_SECONDS : said;
  const now = epochSecondsOf(state);
  if (now !== undefined && state.alarms.some(isRinging)) {
    const untilSeconds = now + Math.round(seconds);
    const { minute } = wallTimeAt(zoneOf(state), untilSeconds);
    return answer(snoozeAlarms(state, untilSeconds), 'alarmSnoozed', { time: timeText(minute) });
  }
  const timer = nextTimer(state.timers.filter(({ ringing }) => ringing));
  const longer = timer && changedBy(timer, seconds * 1000, state.atMs);
  return longer
    ? answer(replaceTimer(state, longer), 'timerChanged', { leftSeconds: seconds, durationSeconds: seconds })
    : refuse(state, 'nothingToSnooze');
}

function cancelled(state: State, alarms: readonly Alarm[]): State {
  if (alarms.length === 0) return refuse(state, 'noSuchAlarm');
  const rest = state.alarms.filter((alarm) => !alarms.includes(alarm));
  return answer({ ...state, alarms: rest }, 'alarmsCancelled', { count: alarms.length });
}

/** Whether an alarm is at a time of day, which may be in either half of it, and on a day if one is said. */
function isAt(alarm: Alarm, time: string, day: string | undefined, state: State): boolean {
  const isSameTime =
    time === timeText(alarm.minute) || time === `~${timeText(alarm.minute % (MINUTE_SECONDS * 12))}`;
  const now = wallTimeOf(state);
  if (!isSameTime || day === undefined || !now) return isSameTime && day === undefined;
  const meant = alarmTimeOf(timeText(alarm.minute), day, now);
  return (
    meant !== undefined &&
    (meant.weekdays === 0 ? ringsOn(alarm, meant.day) : meant.weekdays === alarm.weekdays)
  );
}

function ringsOn(alarm: Alarm, day: number): boolean {
  return alarm.weekdays === 0 ? alarm.day === day : (alarm.weekdays & (1 << weekdayOf(day))) !== 0;
}

function valuesOf(alarm: AlarmTime): Answer['values'] {
  const every = everyName(alarm.weekdays);
  return {
    time: timeText(alarm.minute),
    date: dateText(alarm.day),
    weekday: weekdayName(alarm.day),
    ...(every === undefined ? {} : { every }),
  };
}
