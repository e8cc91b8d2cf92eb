import { type Alarm, isRinging } from './alarms';
import { timeText } from './calendar';
import type { Effect } from './effects';
import type { Event, HeardCommand } from './events';
import type { Hint } from './hear';
import type { Settings } from './settings';
import type { Phase, State } from './state';
import { isPaused, type Timer } from './timers';

/** What has gone out to the home because something was heard, and how the connection is. */
export type HomeEntry =
  | { readonly type: 'messageSent'; readonly topic: string; readonly text: string }
  /** `why`: what is wrong, also of a connection that is there. */
  | { readonly type: 'homeChanged'; readonly connected: boolean; readonly why?: string };

/** One line of what happened, for the replay, the serial port and the record that a person can read.
 * Everything heard, done, shown and changed; no tick, and nothing from which sound could be made again. */
export type LogEntry = Stamped<HeardEntry | Change | LoggedEffect | Hint | RingChange | HomeEntry>;

type Stamped<T> = T extends unknown ? { readonly atMs: number } & T : never;
type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never;
type LoggedEvent = Exclude<Event, { type: 'timeAdvanced' | 'bootReached' | 'muteReleased' }>;
type HeardEntry =
  | WithoutTime<Exclude<LoggedEvent, { type: 'commandHeard' | 'commandDoubted' | 'settingsChanged' }>>
  | CommandEntry
  | SettingsEntry;
type CommandEntry = { readonly type: 'commandHeard' | 'commandDoubted' } & HeardCommand;
type SettingsEntry = { readonly type: 'settingsChanged' } & Partial<Settings>;
type RingChange = { readonly type: 'ringChanged'; readonly pattern: string };

/** What follows from an event that is itself written down, or from a cue, is not told twice. */
type LoggedEffect = Exclude<Effect, { type: 'setMuted' | 'setSensitivity' | 'setGuard' | 'erase' | 'keep' }>;

export function isLogged(effect: Effect): effect is LoggedEffect {
  switch (effect.type) {
    case 'setMuted':
    case 'setSensitivity':
    case 'setGuard':
    case 'erase':
    case 'keep':
      return false;
    default:
      return true;
  }
}

export function isLoggedEvent(event: Event): event is LoggedEvent {
  return event.type !== 'timeAdvanced' && event.type !== 'bootReached' && event.type !== 'muteReleased';
}

/** An event as it is written down: time first, and a command or settings without a box around them. */
export function entryOf(event: LoggedEvent): LogEntry {
  const { atMs } = event;
  switch (event.type) {
    case 'commandHeard':
    case 'commandDoubted':
      return { atMs, type: event.type, ...event.command };
    case 'settingsChanged':
      return { atMs, type: event.type, ...event.changes };
    default:
      return Object.assign({ atMs }, event);
  }
}

/** How a state differs from the one before it. */
export type Change =
  | { readonly type: 'phaseChanged'; readonly from: Phase; readonly to: Phase }
  | { readonly type: 'volumeChanged'; readonly percent: number }
  | {
      readonly type: 'timerStarted';
      readonly timer: number;
      readonly durationMs: number;
      readonly name?: string;
    }
  | { readonly type: 'timerRang'; readonly timer: number; readonly name?: string }
  | {
      readonly type: 'timerEnded' | 'timerCancelled' | 'timerPaused' | 'timerResumed' | 'timerChanged';
      readonly timer: number;
      readonly name?: string;
    }
  | {
      readonly type: 'alarmSet' | 'alarmRang' | 'alarmSnoozed' | 'alarmEnded' | 'alarmCancelled';
      readonly alarm: number;
      readonly time: string;
    };

export function changesOf(before: State, after: State): readonly Change[] {
  const changes: Change[] = [];
  if (after.volumePercent !== before.volumePercent)
    changes.push({ type: 'volumeChanged', percent: after.volumePercent });
  if (after.timers !== before.timers) addTimerChanges(changes, before.timers, after.timers);
  if (after.alarms !== before.alarms) addAlarmChanges(changes, before.alarms, after.alarms);
  if (after.phase !== before.phase)
    changes.push({ type: 'phaseChanged', from: before.phase, to: after.phase });
  return changes;
}

function addTimerChanges(changes: Change[], before: readonly Timer[], after: readonly Timer[]): void {
  for (const old of before) {
    if (after.some((timer) => timer.id === old.id)) continue;
    changes.push({ type: old.ringing ? 'timerEnded' : 'timerCancelled', ...labelOf(old) });
  }
  for (const timer of after) {
    const old = before.find(({ id }) => id === timer.id);
    if (!old) changes.push({ type: 'timerStarted', ...labelOf(timer), durationMs: timer.durationMs });
    else if (timer.ringing && !old.ringing) changes.push({ type: 'timerRang', ...labelOf(timer) });
    else if (isPaused(timer) !== isPaused(old))
      changes.push({ type: isPaused(timer) ? 'timerPaused' : 'timerResumed', ...labelOf(timer) });
    else if (timer.durationMs !== old.durationMs) changes.push({ type: 'timerChanged', ...labelOf(timer) });
  }
}

function addAlarmChanges(changes: Change[], before: readonly Alarm[], after: readonly Alarm[]): void {
  const add = (type: AlarmChange['type'], { id, minute }: Alarm): void =>
    void changes.push({ type, alarm: id, time: timeText(minute) });
  for (const old of before) {
    if (!after.some(({ id }) => id === old.id)) add(isRinging(old) ? 'alarmEnded' : 'alarmCancelled', old);
  }
  for (const alarm of after) {
    const old = before.find(({ id }) => id === alarm.id);
    if (!old) add('alarmSet', alarm);
    else if (isRinging(alarm) && !isRinging(old)) add('alarmRang', alarm);
    else if (!isRinging(alarm) && isRinging(old)) add(alarm.isSnoozed ? 'alarmSnoozed' : 'alarmEnded', alarm);
  }
}

type AlarmChange = Extract<Change, { readonly alarm: number }>;

function labelOf({ id, name }: Timer): { timer: number; name?: string } {
  return name === undefined ? { timer: id } : { timer: id, name };
}
