import { BOOT_STAGES } from './boot-stages';
import type { SpeechEnd } from './ear-events';
import type { Event } from './events';
import { carryOut } from './intents';
import { SETTING_FIELDS, type Settings } from './settings';
import { LISTEN_BACK_SAMPLES, MAX_NEAR_MISSES, type State } from './state';
import { passTimers, silenceTimers } from './timers';
import { fail, hush, listen, play, reply, rest, showError, soundTimer } from './transitions';

/** The mind of the speaker: what an event makes of a state. Pure; never throws; gives back the very same object
 * when the event changes nothing. */
export function reduce(before: State, event: Event): State {
  const atMs = Math.max(before.atMs, event.atMs);
  const waiting = passTime(before, atMs);
  const now = waiting.atMs === atMs || event.type === 'timeAdvanced' ? waiting : { ...waiting, atMs };
  const after = handle(now, event);
  return after === now ? waiting : after;
}

/** What happens by itself until `atMs`: timers come due, phases run out. */
function passTime(before: State, atMs: number): State {
  const timers = passTimers(before.timers, atMs);
  if (timers === before.timers && atMs < before.deadlineMs) return before;
  const state = { ...before, atMs, timers };
  return settle(atMs < before.deadlineMs ? state : runOut(state));
}

function runOut(state: State): State {
  switch (state.phase) {
    case 'listening':
      return endListening(state, state.listening?.speechStarted ? 'notUnderstood' : 'silence');
    case 'thinking':
      return fail(state);
    case 'timerRinging':
      return state.timers.some((timer) => timer.ringing) ? soundTimer(state) : state;
    default:
      return rest(state);
  }
}

/** Begins and ends ringing where nothing else is going on. A timer never talks over a command: it waits. */
function settle(state: State): State {
  const ringing = state.timers.some((timer) => timer.ringing);
  if (state.phase === 'idle' && ringing) return soundTimer(state);
  return state.phase === 'timerRinging' && !ringing ? rest(hush(state)) : state;
}

function handle(state: State, event: Event): State {
  switch (event.type) {
    case 'bootReached':
      return { ...state, bootStages: BOOT_STAGES.indexOf(event.stage) + 1 };
    case 'booted':
      return state.booted ? state : rest({ ...state, booted: true, isSafeMode: event.isSafeMode === true });
    case 'wakeWordHeard':
      return state.muted || !state.booted ? state : listen(state, commandBegin(event));
    case 'nearMiss':
      return state.muted ? state : keepNearMiss(state, event);
    case 'speechStarted':
      return hearSpeech(state);
    case 'commandHeard':
      return isListening(state) ? carryOut(state, event.command) : state;
    case 'speechEnded':
      return isListening(state) ? endListening(state, event.reason) : state;
    case 'muteChanged':
      return event.muted === state.muted ? state : turnMute(state, event.muted);
    case 'muteReleased':
      return state.asksForMute ? { ...state, asksForMute: false } : state;
    case 'settingsChanged':
      return changeSettings(state, event.changes);
    case 'actionDone':
      return finishAction(state, event.id, event.ok);
    case 'cueEnded':
      return endCue(state);
    case 'linkChanged':
      return event.up !== state.isOffline ? state : { ...state, isOffline: !event.up };
    case 'faultOccurred':
      return state.phase === 'timerRinging' ? state : showError(state);
    case 'audioOverran': // the decoder copes with a gap or refuses the sentence; the log has it
    case 'timeAdvanced':
      return state;
  }
}

function changeSettings(state: State, changes: Partial<Settings>): State {
  const isNew = SETTING_FIELDS.some((field) => field in changes && changes[field] !== state[field]);
  return isNew ? { ...state, ...changes } : state;
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
  return state.phase === 'listening' && !state.muted;
}

function hearSpeech(state: State): State {
  if (!isListening(state) || !state.listening || state.listening.speechStarted) return state;
  return { ...state, listening: { ...state.listening, speechStarted: true } };
}

function endListening(state: State, reason: SpeechEnd): State {
  return reason === 'silence' ? rest(state) : reply(state, 'notUnderstood');
}

/** Either edge drops what was going on and silences a timer that rings: the switch is the one thing that a hand
 * finds in the dark. Timers that run go on. */
function turnMute(state: State, muted: boolean): State {
  const quiet = silenceTimers(hush({ ...state, muted, asksForMute: muted }));
  return play(rest(quiet), muted ? 'muted' : 'unmuted');
}

function finishAction(state: State, id: number, ok: boolean): State {
  if (state.phase !== 'thinking' || state.action?.id !== id) return state;
  return ok ? reply(state, 'done') : fail(state);
}

function endCue(state: State): State {
  if (state.sound?.fate !== 'playing') return state;
  const ended: State = { ...state, sound: { ...state.sound, fate: 'ended' } };
  return state.phase === 'replying' ? rest(ended) : ended;
}
