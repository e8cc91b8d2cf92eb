import type { Sensitivity } from '../../../firmware/core/wake-points';
import type { LoadedHearing } from '../../packages/speaker';
import type { Backgrounds, Condition } from './conditions';
import type { Track } from './track';
import type { ScoredModel } from './wake-models';

/** At normal sensitivity first: it is what a speaker is shipped with. */
export const PLAYED_SENSITIVITIES: readonly Sensitivity[] = ['normal', 'low', 'high'];

export interface WakeSetup {
  readonly models: readonly ScoredModel[];
  readonly backgrounds: Backgrounds;
  /** Of all words that look twice; where there is no phone model the spotter decides alone. */
  readonly hearing: LoadedHearing;
}

export interface WakeTask {
  readonly path: string;
  readonly conditions: readonly Condition[];
  readonly seed: number;
}

/** What one model made of one recording in one condition. */
export interface Answer {
  readonly track: Track;
  /** Where in the recording the speaker wakes, by sensitivity; other than normal only in the first condition. Empty where the model's
   * spotter decides alone. */
  readonly wakes: readonly (readonly number[])[];
}

export interface WakeHeard {
  /** Of the recording itself, without the silence after it. */
  readonly samples: number;
  readonly wordEnd: number;
  /** By condition, then by model. */
  readonly answers: readonly (readonly Answer[])[];
}
