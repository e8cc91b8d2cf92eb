/** When something was: both in whole seconds. */
export interface Moment {
  /** How long the speaker has been switched on in its life, as far as the record knows. It never goes back. */
  readonly livedSeconds: number;
  /** Since 1970; absent while the speaker does not know the time of day. */
  readonly unixSeconds?: number;
}

/** What happened. No word that was said is among it but what the grammar makes of it. */
export type Fact =
  | { readonly type: 'wakeWord'; readonly word: string }
  /** `slots` only by the person's choice. */
  | {
      readonly type: 'command';
      readonly intent: string;
      readonly slots?: Readonly<Record<string, unknown>>;
    }
  /** A message to the home, because of what was heard: how long it was with its topic, and that only by the person's choice. */
  | { readonly type: 'sent'; readonly characters: number; readonly topic?: string }
  | { readonly type: 'mute'; readonly muted: boolean }
  | { readonly type: 'setting'; readonly name: string; readonly value: string }
  | { readonly type: 'exported' }
  /** A browser was let in to the dashboard. */
  | { readonly type: 'paired' }
  /** `failure`: why it was taken back, or never came to be tried. */
  | { readonly type: 'update'; readonly version: string; readonly failure?: string }
  | Erased;

export type EraseReason = 'retention' | 'full' | 'person';

/** The entries `from` ≤ index < `through` are gone, or will be as soon as there is power. */
export interface Erased {
  readonly type: 'erased';
  readonly from: number;
  readonly through: number;
  readonly reason: EraseReason;
}

export type Entry = Moment & Fact;

/** Where a chain stands: after so many entries, with this value. */
export interface Head {
  readonly index: number;
  /** 32 bytes. */
  readonly chain: Uint8Array;
}

/** What a record consists of when it is read from the beginning: entries, and from where on they are linked. What lies
 * between the end of some entries and the next anchor is not there any more. */
export type Item =
  | ({ readonly type: 'anchor' } & Head)
  | { readonly type: 'entry'; readonly index: number; readonly salt: Uint8Array; readonly text: string };

export const CHAIN_BYTES = 32;
/** So much that nobody finds out a deleted entry by trying all that it could have been. */
export const SALT_BYTES = 16;
