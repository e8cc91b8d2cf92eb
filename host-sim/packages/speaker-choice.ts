import type { Sensitivity } from '../../firmware/core/wake-points';

export const DEFAULT_WAKE_WORD = 'jarvis';

/** What decides how the speaker hears. */
export interface SpeakerChoice {
  readonly wake: readonly string[];
  readonly grammar?: string | undefined;
  /** The phone model that ships when nobody says. */
  readonly phones?: string | undefined;
  /** A file of resources, in place of wake words, grammar and phone model. */
  readonly resources?: string | undefined;
  readonly board: string;
  /** Normal when nobody says. */
  readonly sensitivity?: Sensitivity;
  /** A POSIX TZ string; UTC when nobody says. */
  readonly zone?: string | undefined;
}
