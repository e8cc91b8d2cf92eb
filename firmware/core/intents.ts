import type { HeardCommand } from './events';
import type { SlotValue, ToErase } from './ports';
import { type State, VOLUME_STEP_PERCENT } from './state';
import {
  nextTimer,
  silenceTimers,
  startTimer,
  type TimerChoice,
  timerToCancel,
  withoutTimer,
} from './timers';
import { fail, hush, perform, reply, rest } from './transitions';

type Slots = HeardCommand['slots'];
type Meaning = (state: State, slots: Slots) => State;

/** What the speaker does itself, with the home and the network down. Every other intent is the home's. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['setTimer', setTimer],
  ['cancelTimer', cancelTimer],
  ['cancelAllTimers', cancelAllTimers],
  ['timerLeft', timerLeft],
  ['stop', stop],
  ['neverMind', (state) => rest(hush(state))],
  ['forgetLast', (state) => forget(state, 'last')],
  ['forgetToday', (state) => forget(state, 'today')],
  ['forgetEverything', (state) => forget(state, 'everything')],
  ['setVolume', (state, { level }) => setVolume(state, level)],
  ['volumeUp', (state, slots) => setVolume(state, state.volumePercent + stepOf(slots))],
  ['volumeDown', (state, slots) => setVolume(state, state.volumePercent - stepOf(slots))],
]);

export function carryOut(state: State, { intent, slots }: HeardCommand): State {
  const meaning = MEANINGS.get(intent);
  return meaning ? meaning(state, slots) : perform(state, intent, slots);
}

function setTimer(state: State, { duration, name }: Slots): State {
  const started = startTimer(state, numberOf(duration), textOf(name));
  return started ? reply(started, 'done') : fail(state);
}

function cancelTimer(state: State, slots: Slots): State {
  const timer = timerToCancel(state.timers, choiceOf(slots));
  return timer ? reply(withoutTimer(state, timer.id), 'done') : fail(state);
}

function cancelAllTimers(state: State): State {
  return reply({ ...state, timers: [] }, 'done');
}

/** The speaker has no voice: the home, or a person's phone, is asked to tell. */
function timerLeft(state: State, slots: Slots): State {
  const timer = nextTimer(state.timers, choiceOf(slots));
  if (!timer) return fail(state);
  const answer = {
    leftSeconds: Math.max(0, Math.ceil((timer.endsMs - state.atMs) / 1000)),
    durationSeconds: Math.round(timer.durationMs / 1000),
  };
  return perform(state, 'reportTimer', timer.name === undefined ? answer : { ...answer, name: timer.name });
}

/** Ends what sounds: a ringing timer first, or else what the home plays. */
function stop(state: State, slots: Slots): State {
  const silenced = silenceTimers(state);
  return silenced === state ? perform(state, 'stop', slots) : rest(silenced);
}

function forget(state: State, what: ToErase): State {
  return reply({ ...state, erasing: { what } }, 'done');
}

function stepOf({ by }: Slots): number {
  return by === undefined ? VOLUME_STEP_PERCENT : numberOf(by);
}

function setVolume(state: State, level: SlotValue | undefined): State {
  const percent = Math.round(numberOf(level));
  if (Number.isNaN(percent)) return fail(state);
  return reply({ ...state, volumePercent: Math.min(100, Math.max(0, percent)) }, 'done');
}

function choiceOf({ duration, name }: Slots): TimerChoice {
  const text = textOf(name);
  const seconds = numberOf(duration);
  return {
    ...(text === undefined ? {} : { name: text }),
    ...(Number.isNaN(seconds) ? {} : { durationMs: Math.round(seconds * 1000) }),
  };
}

function numberOf(value: SlotValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function textOf(value: SlotValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
