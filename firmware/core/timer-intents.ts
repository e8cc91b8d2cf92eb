import type { Answer, Says } from './answers';
import { numberOf, type Slots, textOf } from './slots';
import type { State } from './state';
import {
  changedBy,
  isPaused,
  isTimerLength,
  leftOf,
  MAX_TIMERS,
  nextTimer,
  paused,
  replaceTimer,
  resumed,
  startTimer,
  type Timer,
  type TimerChoice,
  timerToCancel,
  withoutTimer,
} from './timers';
import { answer, refuse } from './transitions';

export function setTimer(state: State, { duration, name }: Slots): State {
  const seconds = numberOf(duration);
  if (!isTimerLength(seconds)) return refuse(state, 'timerOutOfRange');
  if (state.timers.length + state.waitingTimers.length >= MAX_TIMERS) return refuse(state, 'tooManyTimers');
  const started = startTimer(state, seconds, textOf(name));
  return tell(started, 'timerSet', started.timers[started.timers.length - 1]);
}

export function cancelTimer(state: State, slots: Slots): State {
  const timer = timerToCancel(state.timers, choiceOf(slots));
  return timer
    ? answer(withoutTimer(state, timer.id), 'timersCancelled', { count: 1, ...nameOf(timer) })
    : missing(state);
}

export function cancelAllTimers(state: State): State {
  const count = state.timers.length + state.waitingTimers.length;
  return answer({ ...state, timers: [], waitingTimers: [] }, 'timersCancelled', { count });
}

export function pauseTimer(state: State, slots: Slots): State {
  const running = state.timers.filter((timer) => !isPaused(timer) && !timer.ringing);
  return change(state, 'timerPaused', nextTimer(running, choiceOf(slots)), (timer) =>
    paused(timer, state.atMs),
  );
}

export function resumeTimer(state: State, slots: Slots): State {
  return change(state, 'timerResumed', nextTimer(state.timers.filter(isPaused), choiceOf(slots)), (timer) =>
    resumed(timer, state.atMs),
  );
}

export function addToTimer(state: State, slots: Slots): State {
  return lengthen(state, slots, 1);
}

export function takeFromTimer(state: State, slots: Slots): State {
  return lengthen(state, slots, -1);
}

export function timerLeft(state: State, slots: Slots): State {
  const timer = nextTimer(state.timers, choiceOf(slots));
  return timer ? tell(state, 'timerLeft', timer) : missing(state);
}

function lengthen(state: State, { duration, name }: Slots, sign: number): State {
  const byMs = sign * Math.round(numberOf(duration) * 1000);
  const chosen = nextTimer(state.timers, choiceOf(name === undefined ? {} : { name }));
  const changed = chosen && changedBy(chosen, byMs, state.atMs);
  if (chosen && !changed) return refuse(state, 'timerOutOfRange');
  return change(state, 'timerChanged', chosen, () => changed as Timer);
}

function change(state: State, says: Says, timer: Timer | undefined, to: (timer: Timer) => Timer): State {
  if (!timer) return missing(state);
  const changed = to(timer);
  return tell(replaceTimer(state, changed), says, changed);
}

function tell(state: State, says: Says, timer: Timer | undefined): State {
  return timer ? answer(state, says, valuesOf(timer, state.atMs)) : missing(state);
}

/** Of a timer from before a power cut nobody knows what is left. */
function missing(state: State): State {
  return refuse(state, state.waitingTimers.length > 0 ? 'timeUnknown' : 'noSuchTimer');
}

function valuesOf(timer: Timer, atMs: number): Answer['values'] {
  return {
    leftSeconds: Math.ceil(leftOf(timer, atMs) / 1000),
    durationSeconds: Math.round(timer.durationMs / 1000),
    ...(isPaused(timer) ? { paused: 1 } : {}),
    ...nameOf(timer),
  };
}

function nameOf({ name }: Timer): Answer['values'] {
  return name === undefined ? {} : { name };
}

function choiceOf({ duration, name }: Slots): TimerChoice {
  const text = textOf(name);
  const seconds = numberOf(duration);
  return {
    ...(text === undefined ? {} : { name: text }),
    ...(Number.isNaN(seconds) ? {} : { durationMs: Math.round(seconds * 1000) }),
  };
}
