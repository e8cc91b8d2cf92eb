import { byNewClock, passAlarms } from './alarms';
import { BOOT_STAGES } from './boot-stages';
import { dateText, timeText } from './calendar';
import type { SpeechEnd } from './ear-events';
import type { Event, HeardCommand } from './events';
import { carryOut, forget, isAboutMemory, NO, YES } from './intents';
import { withTimersGoingOn } from './kept-lists';
import { SAMPLES_PER_MS } from './sample-clock';
import { SETTING_FIELDS, type Settings } from './settings';
import {
  isListeningPhase,
  isMuted,
  LISTEN_BACK_SAMPLES,
  MAX_HEARD,
  MAX_NEAR_MISSES,
  MAX_SPEECH_REMINDERS,
  SPEECH_REMINDER_MS,
  type State,
} from './state';
import { passTimers } from './timers';
import {
  answer,
  ask,
  awaitAnswer,
  hush,
  isSpeaking,
  listen,
  play,
  refuse,
  reply,
  rest,
  rings,
  showError,
  silence,
  soundDue,
  told,
} from './transitions';

/** The mind of the speaker: what an event makes of a state. Pure; never throws; gives back the very same object
 * when the event changes nothing. */
export function reduce(before: State, event: Event): State {
  const atMs = Math.max(before.atMs, event.atMs);
  const waiting = passTime(before, atMs);
  const now = waiting.atMs === atMs || event.type === 'timeAdvanced' ? waiting : { ...waiting, atMs };
  const after = handle(now, event);
  return after === now ? waiting : after;
}

/** What happens by itself until `atMs`: timers and alarms come due, phases run out. */
function passTime(before: State, atMs: number): State {
  const timers = passTimers(before.timers, atMs);
  const alarms = passAlarms(before, atMs);
  if (timers === before.timers && alarms === before.alarms && atMs < before.deadlineMs) return before;
  const state = { ...before, atMs, timers, alarms };
  return settle(atMs < before.deadlineMs ? state : runOut(state));
}

function runOut(state: State): State {
  const { sound } = state;
  if (sound && isSpeaking(state) && (sound.reminders ?? 0) < MAX_SPEECH_REMINDERS) {
    const reminded = { ...sound, reminders: (sound.reminders ?? 0) + 1 };
    return { ...state, sound: reminded, deadlineMs: state.atMs + SPEECH_REMINDER_MS };
  }
  switch (state.phase) {
    case 'listening':
    case 'asking':
      return endListening(state, state.listening?.speechStarted ? 'notUnderstood' : 'silence');
    case 'thinking':
      return refuse(state, 'homeSilent');
    case 'ringing':
      return rings(state) ? soundDue(state) : state;
    default:
      return rest(state);
  }
}

/** Begins and ends ringing where nothing else is going on, and over what is being said. Nothing rings over a command: it waits. */
function settle(state: State): State {
  const isDue = rings(state);
  if (isDue && (state.phase === 'idle' || isSpeaking(state))) return soundDue(state);
  return state.phase === 'ringing' && !isDue ? rest(hush(state)) : state;
}

function handle(state: State, event: Event): State {
  switch (event.type) {
    case 'bootReached':
      return { ...state, bootStages: BOOT_STAGES.indexOf(event.stage) + 1 };
    case 'booted':
      return state.booted ? state : rest({ ...state, booted: true, isSafeMode: event.isSafeMode === true });
    case 'wakeWordHeard':
      return isMuted(state) || !state.booted ? state : listen(state, commandBegin(event));
    case 'nearMiss':
      return isMuted(state) ? state : keepNearMiss(state, event);
    case 'speechStarted':
      return hearSpeech(state);
    case 'commandHeard':
      return isListening(state) ? obey(state, event.command) : state;
    case 'commandDoubted':
      return isListening(state) ? doubt(state, event) : state;
    case 'speechEnded':
      return isListening(state) ? endListening(state, event.reason) : state;
    case 'muteChanged':
      return event.muted === state.muted ? state : turnMute(state, event.muted);
    case 'muteReleased':
      return state.isSwitchOn ? withGate({ ...state, isSwitchOn: false }) : state;
    case 'settingsChanged':
      return changeSettings(state, event.changes);
    case 'actionDone':
      return finishAction(state, event);
    case 'cueEnded':
      return endCue(state);
    case 'linkChanged':
      return event.up !== state.isOffline ? state : { ...state, isOffline: !event.up };
    case 'timeSet':
      return setClock(state, event.epochMs);
    case 'buttonPressed':
      return press(state);
    case 'buttonHeld':
      return forget(state, 'everything');
    case 'faultOccurred':
      return state.phase === 'ringing' ? state : showError(state);
    case 'audioOverran': // the decoder copes with a gap or refuses the sentence; the log has it
    case 'timeAdvanced':
      return state;
  }
}

function changeSettings(state: State, changes: Partial<Settings>): State {
  const isNew = SETTING_FIELDS.some((field) => field in changes && changes[field] !== state[field]);
  if (!isNew) return state;
  const changed = withGate({ ...state, ...changes });
  const placed = changed.zone === state.zone ? changed : placeAlarms(changed);
  return isMuted(placed) === isMuted(state) ? placed : quieten(placed);
}

/** The time is known, or known better: timers that waited for it run on, alarms are placed anew. */
function setClock(state: State, epochMs: number): State {
  const clockOffsetMs = epochMs - state.atMs;
  if (!Number.isFinite(clockOffsetMs) || clockOffsetMs === state.clockOffsetMs) return state;
  return placeAlarms(withTimersGoingOn({ ...state, clockOffsetMs }, clockOffsetMs));
}

/** By the clock and the zone as they are now. Of alarms that are missed the last is told. */
function placeAlarms(state: State): State {
  const { alarms, missed } = byNewClock(state);
  const placed = { ...state, alarms };
  const last = missed[missed.length - 1];
  return last
    ? told(placed, 'alarmMissed', { time: timeText(last.minute), date: dateText(last.day) })
    : placed;
}

/** A hand on the button: quiet if anything rings, or else it is as good as a wake word. */
function press(state: State): State {
  if (rings(state)) return rest(hush(silence(state)));
  return isMuted(state) || !state.booted || state.isSafeMode
    ? state
    : listen(state, state.atMs * SAMPLES_PER_MS);
}

/** Does what was said, or asked about and answered with yes, and remembers the words for whoever asks what was heard. */
function obey(state: State, heardNow: HeardCommand): State {
  const { question } = state;
  const command = question !== undefined && heardNow.intent === YES ? question : heardNow;
  const after = carryOut(state, command);
  if (isAboutMemory(command.intent) || after.retention === 'nothing') return after;
  const heard = [...after.heard, { atMs: state.atMs, words: command.words }].slice(-MAX_HEARD);
  return { ...after, heard };
}

/** From where on a command may have been said. */
function commandBegin({ sample, endSample }: Extract<Event, { type: 'wakeWordHeard' }>): number {
  return endSample ?? sample - LISTEN_BACK_SAMPLES;
}

function keepNearMiss(state: State, { type: _, ...miss }: Extract<Event, { type: 'nearMiss' }>): State {
  const nearMisses = [...state.nearMisses, miss].slice(-MAX_NEAR_MISSES);
  return { ...state, nearMissCount: state.nearMissCount + 1, nearMisses };
}

function isListening(state: State): boolean {
  return isListeningPhase(state.phase) && !isMuted(state);
}

/** Asks once: who is doubted again is not understood. To what there is nothing to say, nothing is asked either. */
function doubt(state: State, { command, sample }: Extract<Event, { type: 'commandDoubted' }>): State {
  const isAnswer = command.intent === YES || command.intent === NO;
  if (state.phase === 'asking' || isAnswer) return endListening(state, 'notUnderstood');
  return ask(state, command, sample);
}

function hearSpeech(state: State): State {
  if (!isListening(state) || !state.listening || state.listening.speechStarted) return state;
  return { ...state, listening: { ...state.listening, speechStarted: true } };
}

function endListening(state: State, reason: SpeechEnd): State {
  return reason === 'silence' ? rest(state) : reply(state, 'notUnderstood');
}

function turnMute(state: State, muted: boolean): State {
  const turned = withGate({ ...state, muted, isSwitchOn: muted });
  return quieten(turned);
}

/** The gate follows the switch and the setting; the same object where it is as it should be. */
function withGate(state: State): State {
  const asksForMute = state.isSwitchOn || state.softMute;
  return asksForMute === state.asksForMute ? state : { ...state, asksForMute };
}

/** Either edge of a mute drops what was going on and silences what rings: the switch is the one thing that a hand finds in
 * the dark. Timers that run go on, and alarms that are to come will ring. */
function quieten(state: State): State {
  return play(rest(silence(hush(state))), isMuted(state) ? 'muted' : 'unmuted');
}

function finishAction(state: State, { id, ok, answer: told }: Extract<Event, { type: 'actionDone' }>): State {
  if (state.phase !== 'thinking' || state.action?.id !== id) return state;
  if (!ok) return refuse(state, told?.says ?? 'homeFailed', told?.values);
  return told ? answer(state, told.says, told.values) : reply(state, 'done');
}

function endCue(state: State): State {
  if (state.sound?.fate !== 'playing') return state;
  const ended: State = { ...state, sound: { ...state.sound, fate: 'ended' } };
  if (state.phase === 'replying' && state.question) return awaitAnswer(ended, state.question);
  return state.phase === 'replying' || (state.phase === 'error' && isSpeaking(state)) ? rest(ended) : ended;
}
