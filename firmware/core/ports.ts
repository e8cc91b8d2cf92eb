/** The small interfaces behind which all hardware stands. `firmware/io` implements them for the chip,
 * `host-sim/sim/io` for the laptop; one contract test suite runs against both. Sample counts are at 16 kHz, mono. */

import type { Answer } from './answers';
import type { Guard, Sensitivity } from './wake-points';

/** The ears: microphone gate, features, wake words, phone model and decoder, all native.
 * No sample, feature or score lattice ever crosses this interface; events are small JSON texts. */
export interface Ear {
  /** Begins to decode a command from `sinceSample` on (kept feature history reaches about 2 s back). */
  listen(sinceSample: number): void;
  stopListening(): void;
  /** Adds the speaker's own mute to the switch's, or takes it back: sound passes when neither is on. Either edge of the
   * gate clears all that was heard, features and model states included. */
  setMuted(muted: boolean): void;
  /** How easily the wake words wake, from now on. */
  setSensitivity(sensitivity: Sensitivity): void;
  /** Tells that one of the speaker's own sounds begins or has ended, so that it does not wake itself. */
  setGuard(guard: Guard): void;
  /** The oldest event not yet taken, as one JSON object (see `ear-events.ts`), or undefined. */
  takeEvent(): string | undefined;
}

/** The mute switch itself, as its contact says. It closes the ear's gate on its own, without JavaScript; this is for telling. */
export interface MuteSwitch {
  readonly muted: boolean;
  /** Nothing is told any more. Closing twice is closing once. */
  close(): void;
}

/** LED ring: one RGB triple a pixel, 0–255, pixel 0 first. Called with 50 frames a second; the array is borrowed. */
export interface Ring {
  readonly pixelCount: number;
  show(rgb: Uint8Array): void;
}

/** Where actions go: the home, the media player, the room. The answer comes later as an `actionDone` event. */
export interface Actions {
  perform(action: Action): void;
}

/** How an action has ended, with what the home tells or why it did not do it. */
export type Done = (id: number, ok: boolean, answer?: Answer) => void;

/** A command that the core could not carry out by itself. */
export interface Action {
  readonly id: number;
  readonly intent: string;
  readonly slots: Readonly<Record<string, SlotValue>>;
}

/** Numbers are plain (percent 0–100, durations in seconds); words are as the grammar's list names them; several where
 * several were said ("kitchen and living room"). */
export type SlotValue = string | number | readonly (string | number)[];

/** Short sounds that the speaker makes, and its voice: one at a time. The end comes back as a `cueEnded` event. */
export interface Cues {
  play(cue: Cue, volumePercent: number): void;
  /** Says clips of `speech/vocabulary.ts` one right after the other, or plays the cue where there is no voice. */
  say(clips: readonly string[], cue: Cue, volumePercent: number): void;
  stop(): void;
}

/** Remembers over a power cut. */
export interface Keeper {
  /** Keeps a text once it has stood for `settleMs`; another under the same key takes its place and waits anew. */
  keep(key: string, text: string, settleMs: number): void;
}

/** What is kept while the power is off. Keys have 1 to 15 characters, values at most 1,000 bytes. Whenever the power fails,
 * the key that is being written has its old value or its new one, and every other key has its own. */
export interface Store {
  read(key: string): string | undefined;
  write(key: string, value: string): void;
  /** What is not there is as good as deleted. */
  delete(key: string): void;
  close(): void;
}

/** Deletes from the record of what was heard and done. */
export interface Eraser {
  erase(what: ToErase): void;
}

/** `last`: the command before this one, and this one. */
export type ToErase = 'last' | 'today' | 'everything';

/** Time since the start; never goes back. */
export interface Clock {
  readonly nowMs: number;
}

/** The way to the home network. Changes come back as `linkChanged` events. */
export interface Link {
  readonly isUp: boolean;
  close(): void;
}

export type Cue = 'listening' | 'done' | 'notUnderstood' | 'failed' | 'timer' | 'alarm' | 'muted' | 'unmuted';
