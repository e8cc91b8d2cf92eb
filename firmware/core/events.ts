import type { Answer } from './answers';
import type { BootStage } from './boot-stages';
import type { Command } from './command';
import type { NearMiss, SpeechEnd } from './ear-events';
import type { Settings } from './settings';

/** A sentence of the grammar, as it was understood. */
export interface HeardCommand extends Command {
  /** 0–1, calibrated. */
  readonly confidence: number;
}

/** Everything that can happen to the core. `atMs` is the only clock it knows; a time that lies before an earlier
 * one counts as that earlier one. */
export type Event =
  | { readonly type: 'bootReached'; readonly atMs: number; readonly stage: BootStage }
  | { readonly type: 'booted'; readonly atMs: number; readonly isSafeMode?: true }
  | {
      readonly type: 'wakeWordHeard';
      readonly atMs: number;
      readonly sample: number;
      readonly word: string;
      readonly confidence: number;
      readonly endSample?: number;
      readonly lossNats?: number;
      readonly verifier?: number;
      readonly talk?: number;
    }
  | ({ readonly type: 'nearMiss'; readonly atMs: number } & NearMiss)
  | { readonly type: 'speechStarted'; readonly atMs: number }
  | { readonly type: 'commandHeard'; readonly atMs: number; readonly command: HeardCommand }
  /** Somebody may have said this: to be asked, not done. */
  | {
      readonly type: 'commandDoubted';
      readonly atMs: number;
      readonly sample: number;
      readonly command: HeardCommand;
    }
  | { readonly type: 'speechEnded'; readonly atMs: number; readonly reason: SpeechEnd }
  | { readonly type: 'muteChanged'; readonly atMs: number; readonly muted: boolean }
  /** The switch is off again; its gate opens a moment later, and only that ends the mute. */
  | { readonly type: 'muteReleased'; readonly atMs: number }
  | { readonly type: 'settingsChanged'; readonly atMs: number; readonly changes: Partial<Settings> }
  | { readonly type: 'audioOverran'; readonly atMs: number; readonly lostSamples: number }
  | {
      readonly type: 'actionDone';
      readonly atMs: number;
      readonly id: number;
      readonly ok: boolean;
      /** What the home tells, or why it did not do it. */
      readonly answer?: Answer;
    }
  /** Somebody who knows has told the time: milliseconds since 1970, UTC. */
  | { readonly type: 'timeSet'; readonly atMs: number; readonly epochMs: number }
  | { readonly type: 'buttonPressed'; readonly atMs: number }
  /** For so long that it is meant: all that was heard is to be forgotten. */
  | { readonly type: 'buttonHeld'; readonly atMs: number }
  | { readonly type: 'cueEnded'; readonly atMs: number }
  | { readonly type: 'linkChanged'; readonly atMs: number; readonly up: boolean }
  | { readonly type: 'timeAdvanced'; readonly atMs: number }
  | { readonly type: 'faultOccurred'; readonly atMs: number; readonly what: string };
