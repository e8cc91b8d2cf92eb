import type { HomeEntry } from '../core/log';
import type { Settings } from '../core/settings';
import type { State } from '../core/state';

/** What a home may see of the speaker, and do to it. */
export interface HomeSpeaker {
  readonly state: () => State;
  readonly change: (changes: Partial<Settings>) => void;
  /** For the lines that the speaker writes and its record: what has gone out, and how the connection is. */
  readonly tell: (what: HomeEntry) => void;
}

/** Who the speaker is to a home. */
export interface Identity {
  /** Letters, digits, - and _: unlike that of any other speaker in the house. */
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly version: string;
}
