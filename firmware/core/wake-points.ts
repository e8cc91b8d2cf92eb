import { frozen } from './frozen';

/** How easily the wake words wake. */
export type Sensitivity = 'low' | 'normal' | 'high';

export const SENSITIVITIES: readonly Sensitivity[] = frozen(['low', 'normal', 'high']);

/** What the speaker's own sounds do to the wake words: nothing; only what wakes at low sensitivity wakes; nothing
 * wakes. */
export type Guard = 'unguarded' | 'guarded' | 'closed';

/** Where a wake word wakes at one sensitivity. */
export interface WakePoint {
  /** Mean probability over the window from which the word counts as heard where there is no second look, 0–1. */
  readonly probabilityCutoff: number;
  readonly slidingWindowSize: number;
  /** From which mean on the second look decides, 0–1. */
  readonly lookCutoff: number;
  /** What the second look lets a phone lose where the mean is one half, in nats. */
  readonly lookLossNats: number;
  /** What it lets a phone lose at most, however sure the spotter is, where no word verifier is sure of the word, in nats. */
  readonly unsureLossNats: number;
}

export type WakePoints = Readonly<Record<Sensitivity, WakePoint>>;
