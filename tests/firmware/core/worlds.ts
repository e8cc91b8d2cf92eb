import { type Effect, effectsOf } from '../../../firmware/core/effects';
import type { Event, HeardCommand } from '../../../firmware/core/events';
import type { SlotValue } from '../../../firmware/core/ports';
import { reduce } from '../../../firmware/core/reducer';
import {
  DEFAULT_SETTINGS,
  initialState,
  type SpeakerSettings,
  type State,
} from '../../../firmware/core/state';

/** A speaker's mind with a memory of what it asked for, which answers by tones unless said. Times are milliseconds. */
export class Mind {
  state: State;
  readonly effects: Effect[] = [];

  constructor(settings: Partial<SpeakerSettings> = {}) {
    this.state = initialState({ ...DEFAULT_SETTINGS, voice: 'tones', ...settings });
  }

  static awake(settings: Partial<SpeakerSettings> = {}): Mind {
    return new Mind(settings).take({ type: 'booted', atMs: 0 });
  }

  take(...events: readonly Event[]): this {
    for (const event of events) {
      const after = reduce(this.state, event);
      this.effects.push(...effectsOf(this.state, after));
      this.state = after;
    }
    return this;
  }

  wait(untilMs: number): this {
    return this.take({ type: 'timeAdvanced', atMs: untilMs });
  }

  /** A wake word and a command in one breath. */
  ask(atMs: number, intent: string, slots: Readonly<Record<string, SlotValue>> = {}): this {
    return this.take(wake(atMs), command(atMs + 1000, intent, slots));
  }

  mute(atMs: number, muted = true): this {
    return this.take({ type: 'muteChanged', atMs, muted });
  }

  /** The effects of one type, oldest first. */
  asked<T extends Effect['type']>(type: T): Extract<Effect, { type: T }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
  }
}

export function wake(atMs: number): Event {
  return { type: 'wakeWordHeard', atMs, sample: atMs * 16, word: 'jarvis', confidence: 0.97 };
}

export function command(
  atMs: number,
  intent: string,
  slots: Readonly<Record<string, SlotValue>> = {},
): Event {
  const heard: HeardCommand = { intent, slots, words: intent, confidence: 0.9 };
  return { type: 'commandHeard', atMs, command: heard };
}
