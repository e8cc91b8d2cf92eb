import type { Store } from '../core/ports';
import { asciiJson } from '../record/bytes';
import { type CopyIndex, PARTS, type Part } from './parts';

/** What is known of updates over a power cut. It is one text under one key, so that each step is taken whole or not. */
export interface Journal {
  readonly installed?: Release;
  readonly pending?: Pending;
  /** How the last one came out, until the next. */
  readonly last?: Outcome;
}

export interface Release {
  readonly serial: number;
  readonly version: string;
}

/** One that is being installed. */
export interface Pending extends Release {
  /** `receiving`: nothing of it has been made active. `activating`: all of it lies in flash, some of it may be active.
   * `trying`: it was started. */
  readonly step: 'receiving' | 'activating' | 'trying';
  /** Into which copy each of its parts goes. */
  readonly into: Readonly<Partial<Record<Part, CopyIndex>>>;
  /** How often it was started. */
  readonly starts: number;
}

export interface Outcome extends Release {
  /** Absent where it was installed. */
  readonly failure?: string;
}

const KEY = 'update';

export function readJournal(store: Store): Journal {
  try {
    const journal: unknown = JSON.parse(store.read(KEY) ?? '{}');
    return typeof journal === 'object' && journal !== null ? (journal as Journal) : {};
  } catch {
    return {}; // a spoilt one says nothing: the copies that start are those in use
  }
}

export function writeJournal(store: Store, journal: Journal): void {
  store.write(KEY, asciiJson(journal));
}

export function partsOf({ into }: Pending): readonly Part[] {
  return PARTS.filter((part) => into[part] !== undefined);
}
