import { isRinging, silenceAlarms } from './alarms';
import type { Answer, Says } from './answers';
import type { HeardCommand } from './events';
import type { Cue, SlotValue } from './ports';
import { SAMPLES_PER_MS } from './sample-clock';
import { speechOf } from './speech/speech';
import {
  ACTION_MS,
  ERROR_MS,
  LISTEN_MS,
  type Phase,
  REPLY_MS,
  RING_CUE_EVERY_MS,
  SPEECH_REMINDER_MS,
  type State,
} from './state';
import { silenceTimers } from './timers';

/** The moves between phases that more than one event makes. All begin at `state.atMs`. */

/** Goes back to what the speaker does when nobody wants anything: nothing, or ring. */
export function rest(state: State): State {
  if (!state.booted) return enter(state, 'booting', Number.POSITIVE_INFINITY);
  return rings(state) ? soundDue(state) : enter(state, 'idle', Number.POSITIVE_INFINITY);
}

/** Whether a timer or an alarm rings, or would if nothing else went on. */
export function rings({ timers, alarms }: Pick<State, 'timers' | 'alarms'>): boolean {
  return timers.some((timer) => timer.ringing) || alarms.some(isRinging);
}

/** Ends whatever rings. */
export function silence(state: State): State {
  return silenceAlarms(silenceTimers(state));
}

/** Sounds the cue of what rings and plans the next. The phase and its animation go on when it rings already. */
export function soundDue(state: State): State {
  const deadlineMs = state.atMs + RING_CUE_EVERY_MS;
  const ringing = state.phase === 'ringing' ? { ...state, deadlineMs } : enter(state, 'ringing', deadlineMs);
  return play(ringing, state.alarms.some(isRinging) ? 'alarm' : 'timer');
}

/** Listens anew to what is said from a sample on, quietly unless the settings want a cue. */
export function listen(state: State, sinceSample: number): State {
  const next = beginListening(hush(state), 'listening', sinceSample);
  return state.listeningCue ? play(next, 'listening') : next;
}

/** Asks whether this was meant: by voice, and listens after that, or by the ring and, as one may look elsewhere, by the sound of
 * listening. */
export function ask(state: State, question: HeardCommand, sinceSample: number): State {
  const values = { ...plainSlots(question), intent: question.intent, words: question.words };
  if (state.voice === 'on')
    return {
      ...speak(enter(state, 'replying', Number.POSITIVE_INFINITY), 'didYouMean', values, 'listening'),
      question,
    };
  const asking = { ...play(beginListening(state, 'asking', sinceSample), 'listening'), question };
  return told(asking, 'didYouMean', values);
}

/** A question has been asked by voice. */
export function awaitAnswer(state: State, question: HeardCommand): State {
  return { ...beginListening(state, 'asking', state.atMs * SAMPLES_PER_MS), question };
}

function plainSlots({ slots }: HeardCommand): Answer['values'] {
  return Object.fromEntries(
    Object.entries(slots).filter((slot): slot is [string, string | number] => typeof slot[1] !== 'object'),
  );
}

function beginListening(state: State, phase: 'listening' | 'asking', sinceSample: number): State {
  const listening = {
    id: (state.listening?.id ?? 0) + 1,
    sinceSample: Math.max(0, sinceSample),
    speechStarted: false,
  };
  return { ...enter(state, phase, state.atMs + LISTEN_MS), listening };
}

/** Asks the home and waits for its answer; without a network that is known at once. */
export function perform(state: State, intent: string, slots: Readonly<Record<string, SlotValue>>): State {
  if (state.isOffline) return refuse(state, 'noHome');
  const action = { id: (state.action?.id ?? 0) + 1, intent, slots };
  return { ...enter(state, 'thinking', state.atMs + ACTION_MS), action };
}

export function reply(state: State, cue: Cue): State {
  return tone(enter(state, 'replying', state.atMs + REPLY_MS), cue);
}

/** Tells something, which is a reply. */
export function answer(state: State, says: Says, values: Answer['values'] = {}): State {
  return speak(enter(state, 'replying', state.atMs + REPLY_MS), says, values, 'done');
}

/** What was asked for could not be done: shown, and told why. */
export function refuse(state: State, why: Says, values: Answer['values'] = {}): State {
  return speak(showError(state), why, values, 'failed');
}

/** Tells something by voice, or by the cue that stands for how it went, as the settings want it. */
function speak(state: State, says: Says, values: Answer['values'], cue: Cue): State {
  if (state.voice !== 'on') return told(tone(state, cue), says, values);
  const clips = speechOf({ says, values });
  const sound = { id: (state.sound?.id ?? 0) + 1, cue, clips, fate: 'playing' as const };
  return told({ ...state, sound, deadlineMs: state.atMs + SPEECH_REMINDER_MS }, says, values);
}

/** The sound of an answer, where one is wanted. */
function tone(state: State, cue: Cue): State {
  return state.voice === 'off' ? state : play(state, cue);
}

/** Whether something is being said. */
export function isSpeaking({ sound }: State): boolean {
  return sound?.fate === 'playing' && sound.clips !== undefined;
}

/** Tells something without a sound. */
export function told(state: State, says: Says, values: Answer['values'] = {}): State {
  return { ...state, answer: { id: (state.answer?.id ?? 0) + 1, says, values } };
}

/** Shows trouble without a sound, as it may come in the middle of the night. */
export function showError(state: State): State {
  return enter(state, 'error', state.atMs + ERROR_MS);
}

export function play(state: State, cue: Cue): State {
  return { ...state, sound: { id: (state.sound?.id ?? 0) + 1, cue, fate: 'playing' } };
}

/** Cuts a sound short. */
export function hush(state: State): State {
  if (state.sound?.fate !== 'playing') return state;
  return { ...state, sound: { ...state.sound, fate: 'cancelled' } };
}

function enter(state: State, phase: Phase, deadlineMs: number): State {
  return { ...state, phase, phaseSinceMs: state.atMs, deadlineMs, question: undefined };
}
