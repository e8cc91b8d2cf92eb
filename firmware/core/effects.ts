import type { GivenAnswer } from './answers';
import { cueVolume } from './cue-volume';
import { frozen } from './frozen';
import { type Keep, keepsOf, listKeepsOf } from './kept';
import type { Action, Cue, ToErase } from './ports';
import { textOf } from './speech/speech';
import { isListeningPhase, type Sound, type State } from './state';
import type { Guard, Sensitivity } from './wake-points';

/** What the outside world is asked to do. */
export type Effect =
  | { readonly type: 'setMuted'; readonly muted: boolean }
  | { readonly type: 'listen'; readonly sinceSample: number }
  | { readonly type: 'stopListening' }
  | { readonly type: 'setSensitivity'; readonly sensitivity: Sensitivity }
  | { readonly type: 'setGuard'; readonly guard: Guard }
  | { readonly type: 'stopCue' }
  /** Clips one after the other; the cue where there is no voice. */
  | {
      readonly type: 'say';
      readonly text: string;
      readonly clips: readonly string[];
      readonly cue: Cue;
      readonly volumePercent: number;
    }
  | { readonly type: 'playCue'; readonly cue: Cue; readonly volumePercent: number }
  | ({ readonly type: 'perform' } & Action)
  | { readonly type: 'erase'; readonly what: ToErase }
  | ({ readonly type: 'answer' } & GivenAnswer)
  | ({ readonly type: 'keep' } & Keep);

const NONE: readonly Effect[] = frozen([]);

/** What a transition asks for, in the order in which it is to be done: the gate comes before all else, and an old
 * sound ends before the ear opens. */
export function effectsOf(before: State, after: State): readonly Effect[] {
  if (before === after) return NONE;
  const effects: Effect[] = [];
  const { sound, listening, action } = after;
  if (after.asksForMute !== before.asksForMute) {
    effects.push({ type: 'setMuted', muted: after.asksForMute });
  }
  if (sound !== before.sound && sound?.fate === 'cancelled') effects.push({ type: 'stopCue' });
  if (isListeningPhase(before.phase) && !isListeningPhase(after.phase))
    effects.push({ type: 'stopListening' });
  if (listening && listening.id !== before.listening?.id) {
    effects.push({ type: 'listen', sinceSample: listening.sinceSample });
  }
  if (after.sensitivity !== before.sensitivity)
    effects.push({ type: 'setSensitivity', sensitivity: after.sensitivity });
  const guard = guardOf(after);
  const isNew = sound?.id !== before.sound?.id || sound?.reminders !== before.sound?.reminders;
  const isRenewed = guard !== 'unguarded' && isNew; // a guard ends by itself
  if (guard !== guardOf(before) || isRenewed) effects.push({ type: 'setGuard', guard });
  if (sound?.fate === 'playing' && sound.id !== before.sound?.id) {
    effects.push(beginningOf(sound, cueVolume(after)));
  }
  if (action && action !== before.action) effects.push({ type: 'perform', ...action });
  if (after.erasing && after.erasing !== before.erasing)
    effects.push({ type: 'erase', what: after.erasing.what });
  if (after.answer && after.answer !== before.answer) effects.push({ type: 'answer', ...after.answer });
  for (const keep of [...keepsOf(before, after), ...listKeepsOf(before, after)])
    effects.push({ type: 'keep', ...keep });
  return effects;
}

/** What a speaker asks for before anything has happened. */
export function firstEffects({ asksForMute, sensitivity }: State): readonly Effect[] {
  const wake: Effect = { type: 'setSensitivity', sensitivity };
  return asksForMute ? [{ type: 'setMuted', muted: true }, wake] : [wake];
}

function beginningOf({ cue, clips }: Sound, volumePercent: number): Effect {
  return clips
    ? { type: 'say', text: textOf(clips), clips, cue, volumePercent }
    : { type: 'playCue', cue, volumePercent };
}

/** A short cue is over before anybody could want to interrupt it, so nothing wakes the speaker meanwhile. What is said takes its
 * time, and timers and alarms ring until somebody says so: whoever talks over it clearly is heard. */
function guardOf({ sound }: State): Guard {
  if (sound?.fate !== 'playing') return 'unguarded';
  if (sound.clips) return 'guarded';
  return sound.cue === 'timer' || sound.cue === 'alarm' ? 'guarded' : 'closed';
}
