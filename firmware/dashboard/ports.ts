import type { Clock, Store, ToErase } from '../core/ports';
import type { Settings } from '../core/settings';
import type { State } from '../core/state';
import type { Fact, Moment } from '../record/entry';
import type { Seal } from '../record/ports';
import type { Record } from '../record/record';
import type { Updater } from '../update/updater';

/** The record, and what may be done to it. */
export interface Desk {
  readonly record: Record;
  readonly now: Moment;
  add(fact: Fact): void;
  erase(what: ToErase): void;
  eraseEntry(index: number): void;
}

export interface PageFile {
  readonly type: string;
  readonly text: string;
}

/** What a dashboard stands on. There is no ear among it. */
export interface DashboardPorts {
  readonly state: () => State;
  readonly change: (changes: Partial<Settings>) => void;
  /** Undefined where no record is kept. */
  readonly desk: () => Desk | undefined;
  /** Absent where nothing can be updated. */
  readonly updater?: () => Updater | undefined;
  readonly clock: Clock;
  readonly store: Store;
  readonly seal: Seal;
  /** A file of the page, by its name. */
  readonly file: (name: string) => PageFile | undefined;
  /** By which it is called, besides its address: `earshot.local`. */
  readonly hostNames: readonly string[];
}
