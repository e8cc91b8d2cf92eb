import { alarmTime, cancelAlarm, setAlarm, snooze } from './alarm-intents';
import { dateText, timeText } from './calendar';
import type { HeardCommand } from './events';
import type { SlotValue, ToErase } from './ports';
import { FACTORY_SETTINGS } from './settings';
import { numberOf, type Slots } from './slots';
import { type State, VOLUME_STEP_PERCENT } from './state';
import {
  addToTimer,
  cancelAllTimers,
  cancelTimer,
  pauseTimer,
  resumeTimer,
  setTimer,
  takeFromTimer,
  timerLeft,
} from './timer-intents';
import { answer, hush, perform, refuse, rest, rings, silence } from './transitions';
import { wallTimeOf, weekdayName } from './wall-clock';

type Meaning = (state: State, slots: Slots) => State;

/** The answers to a question of the speaker's. */
export const YES = 'yes';
export const NO = 'no';

/** What the speaker does itself, with the home and the network down. Every other intent is the home's. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['setTimer', setTimer],
  ['cancelTimer', cancelTimer],
  ['cancelAllTimers', cancelAllTimers],
  ['pauseTimer', pauseTimer],
  ['resumeTimer', resumeTimer],
  ['addToTimer', addToTimer],
  ['takeFromTimer', takeFromTimer],
  ['timerLeft', timerLeft],
  ['setAlarm', setAlarm],
  ['cancelAlarm', cancelAlarm],
  ['alarmTime', alarmTime],
  ['snooze', snooze],
  ['whatTime', whatTime],
  ['whatDate', whatDate],
  ['stop', stop],
  ['neverMind', (state) => rest(hush(state))],
  [NO, (state) => rest(hush(state))],
  [YES, (state) => refuse(state, 'notUnderstood')], // to no question
  ['forgetLast', (state) => forget(state, 'last')],
  ['forgetToday', (state) => forget(state, 'today')],
  ['forgetEverything', (state) => forget(state, 'everything')],
  ['help', (state) => answer(state, 'help')],
  ['setVolume', (state, { level }) => setVolume(state, level)],
  ['unmute', unmute],
  ['volumeUp', (state, slots) => setVolume(state, state.volumePercent + stepOf(slots))],
  ['volumeDown', (state, slots) => setVolume(state, state.volumePercent - stepOf(slots))],
  ['whatVolume', (state) => answer(state, 'volume', { percent: state.volumePercent })],
  ['whatHeard', whatHeard],
  ['whoAmI', (state) => refuse(state, 'voicesUnknown')],
]);

/** For a speaker that was silent since its start. */
const UNMUTED_PERCENT = FACTORY_SETTINGS.volumePercent;
const ABOUT_MEMORY: ReadonlySet<string> = new Set([
  'whatHeard',
  'forgetLast',
  'forgetToday',
  'forgetEverything',
]);

export function carryOut(state: State, { intent, slots }: HeardCommand): State {
  const meaning = MEANINGS.get(intent);
  return meaning ? meaning(state, slots) : perform(state, intent, slots);
}

/** Whether an intent only answers a question of the speaker's. */
export function isAnswer(intent: string): boolean {
  return intent === YES || intent === NO;
}

/** Whether an intent is about what was heard before, and is not itself to be remembered. */
export function isAboutMemory(intent: string): boolean {
  return ABOUT_MEMORY.has(intent);
}

function whatTime(state: State): State {
  const now = wallTimeOf(state);
  return now ? answer(state, 'time', { time: timeText(now.minute) }) : refuse(state, 'timeUnknown');
}

function whatDate(state: State): State {
  const now = wallTimeOf(state);
  if (!now) return refuse(state, 'timeUnknown');
  return answer(state, 'date', { date: dateText(now.day), weekday: weekdayName(now.day) });
}

/** Ends what sounds: what rings first, or else what the home plays. */
function stop(state: State, slots: Slots): State {
  return rings(state) ? rest(silence(state)) : perform(state, 'stop', slots);
}

function stepOf({ by }: Slots): number {
  return by === undefined ? VOLUME_STEP_PERCENT : numberOf(by);
}

function setVolume(state: State, level: SlotValue | undefined): State {
  const wanted = Math.round(numberOf(level));
  if (Number.isNaN(wanted)) return refuse(state, 'notUnderstood');
  const percent = Math.min(100, Math.max(0, wanted));
  const unmutedPercent =
    percent === 0 && state.volumePercent > 0 ? state.volumePercent : state.unmutedPercent;
  return answer({ ...state, volumePercent: percent, unmutedPercent }, 'volume', { percent });
}

function unmute(state: State): State {
  return setVolume(
    state,
    state.volumePercent > 0 ? state.volumePercent : (state.unmutedPercent ?? UNMUTED_PERCENT),
  );
}

function whatHeard(state: State): State {
  const last = state.heard[state.heard.length - 1];
  return last
    ? answer(state, 'heard', { words: last.words, count: state.heard.length })
    : answer(state, 'nothingHeard');
}

/** From the record, and from what is remembered without one. */
export function forget(state: State, what: ToErase): State {
  const heard = what === 'last' ? state.heard.slice(0, -1) : [];
  const misses = what === 'last' ? {} : { nearMisses: [], nearMissCount: 0 };
  return answer({ ...state, ...misses, heard, erasing: { what } }, 'forgotten', { what });
}
