import { type Alarm, type AlarmState, MAX_ALARMS } from './alarms';
import { timeText } from './calendar';
import {
  isPaused,
  isTimerLength,
  MAX_TIMERS,
  TIMER_RINGS_MS,
  type Timer,
  type TimerState,
  withTimer,
} from './timers';
import { epochSecondsAt, zoneOf } from './wall-clock';

/** Timers and alarms as they are kept over a power cut: a key for each list, a line for each entry, so that one operation is
 * one write. */

export const TIMERS_KEY = 'timers';
export const ALARMS_KEY = 'alarms';
/** Ten of them fit one entry of the store, whatever their letters. */
const MOST_NAME_CHARACTERS = 20;
const MOST_WEEKDAYS = 127;

/** A timer from before the power was cut. */
export interface KeptTimer {
  readonly durationMs: number;
  /** When it ends, in seconds since 1970; undefined when the time was not known as it was kept. */
  readonly untilSeconds: number | undefined;
  readonly leftMs: number;
  readonly isPaused: boolean;
  readonly name: string | undefined;
}

export interface ListState extends TimerState, AlarmState {
  /** Timers from before a power cut, of which nobody knows what is left until somebody tells the time. */
  readonly waitingTimers: readonly KeptTimer[];
}

/** What was found in the store. */
export interface KeptLists {
  readonly timers: readonly KeptTimer[];
  /** Without their moments, which depend on the zone. */
  readonly alarms: readonly Alarm[];
}

export function timersText({ timers, waitingTimers, clockOffsetMs }: ListState): string {
  const kept = timers
    .filter((timer) => !timer.ringing || clockOffsetMs !== undefined)
    .map((timer) => timerLine(keptTimerOf(timer, clockOffsetMs)));
  return [...waitingTimers.map(timerLine), ...kept].join('\n');
}

export function alarmsText({ alarms }: Pick<ListState, 'alarms'>): string {
  return alarms.map(alarmLine).join('\n');
}

/** Whether a transition may have changed one of the texts. */
export function areListsSame(before: ListState, after: ListState): boolean {
  return (
    before.timers === after.timers &&
    before.waitingTimers === after.waitingTimers &&
    before.alarms === after.alarms &&
    before.clockOffsetMs === after.clockOffsetMs
  );
}

/** Undefined when a line is no timer. */
export function readTimers(text: string): readonly KeptTimer[] | undefined {
  return linesOf(text, MAX_TIMERS, readTimer);
}

/** Undefined when a line is no alarm. */
export function readAlarms(text: string): readonly Alarm[] | undefined {
  return linesOf(text, MAX_ALARMS, readAlarm);
}

/** The timers that ran go on, or wait for the time; alarms get their moments. */
export function withLists<S extends ListState>(state: S, { timers, alarms }: KeptLists): S {
  const zone = zoneOf(state);
  const placed = alarms.map((alarm, index) => ({
    ...alarm,
    id: index + 1,
    dueSeconds: alarm.isSnoozed ? alarm.dueSeconds : epochSecondsAt(zone, alarm),
  }));
  const waitingTimers = timers.filter(({ untilSeconds }) => untilSeconds !== undefined);
  let next: S = { ...state, alarms: placed, lastAlarmId: placed.length, waitingTimers };
  for (const timer of timers)
    if (timer.untilSeconds === undefined)
      next = withTimer(next, timer.durationMs, timer.leftMs, timer.name, timer.isPaused);
  return next;
}

/** The time is known now: what waited for it runs on; what ended meanwhile rings, unless that is too long ago. */
export function withTimersGoingOn<S extends ListState>(state: S, clockOffsetMs: number): S {
  let next: S = { ...state, waitingTimers: [] };
  for (const { untilSeconds = 0, durationMs, name } of state.waitingTimers) {
    const leftMs = untilSeconds * 1000 - clockOffsetMs - state.atMs;
    if (leftMs > -TIMER_RINGS_MS && next.timers.length < MAX_TIMERS)
      next = withTimer(next, durationMs, Math.max(0, leftMs), name);
  }
  return next;
}

function keptTimerOf(timer: Timer, clockOffsetMs: number | undefined): KeptTimer {
  const { durationMs, leftMs, endsMs, name } = timer;
  const knowsEnd = !isPaused(timer) && clockOffsetMs !== undefined;
  const untilSeconds = knowsEnd ? Math.round((endsMs + clockOffsetMs) / 1000) : undefined;
  return { durationMs, leftMs, untilSeconds, isPaused: isPaused(timer), name };
}

function timerLine({ durationMs, untilSeconds, leftMs, isPaused: isStill, name }: KeptTimer): string {
  const when =
    untilSeconds === undefined ? `${isStill ? 'paused' : 'left'} ${leftMs}` : `until ${untilSeconds}`;
  return `${durationMs} ${when} ${(name ?? '').slice(0, MOST_NAME_CHARACTERS)}`.trimEnd();
}

function readTimer(line: string): KeptTimer | undefined {
  const [, duration, when, amount, name] =
    /^(\d{1,9}) (until|left|paused) (\d{1,12})(?: (.*))?$/.exec(line) ?? [];
  const durationMs = Number(duration);
  if (!isTimerLength(durationMs / 1000)) return undefined;
  const number = Number(amount);
  if (when !== 'until' && number > durationMs) return undefined;
  return {
    durationMs,
    untilSeconds: when === 'until' ? number : undefined,
    leftMs: when === 'until' ? durationMs : number,
    isPaused: when === 'paused',
    name,
  };
}

function alarmLine({ minute, weekdays, day, isSnoozed, dueSeconds }: Alarm): string {
  const snoozed = isSnoozed ? ` snoozed ${dueSeconds}` : '';
  return `${timeText(minute)} weekdays ${weekdays} day ${day}${snoozed}`;
}

function readAlarm(line: string): Alarm | undefined {
  const [, hours, minutes, mask, day, due] =
    /^(\d\d):(\d\d) weekdays (\d{1,3}) day (\d{1,6})(?: snoozed (\d{1,12}))?$/.exec(line) ?? [];
  const weekdays = Number(mask);
  if (!(Number(hours) < 24 && Number(minutes) < 60 && weekdays <= MOST_WEEKDAYS)) return undefined;
  return {
    id: 0,
    minute: Number(hours) * 60 + Number(minutes),
    weekdays,
    day: Number(day),
    dueSeconds: Number(due ?? 0),
    isSnoozed: due !== undefined,
    ringingSinceMs: undefined,
  };
}

function linesOf<T>(
  text: string,
  most: number,
  read: (line: string) => T | undefined,
): readonly T[] | undefined {
  const lines = text === '' ? [] : text.split('\n');
  const entries = lines.map(read).filter((entry) => entry !== undefined);
  return entries.length === lines.length && lines.length <= most ? entries : undefined;
}
