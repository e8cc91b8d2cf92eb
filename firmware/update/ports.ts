import type { Store } from '../core/ports';
import type { Outcome } from './journal';
import type { CopyIndex, Part } from './parts';

/** Where a part lies twice: one copy is in use, the other is spare. */
export interface TwoCopies {
  /** The one that this start took. */
  readonly active: CopyIndex;
  /** Of each. */
  readonly byteLength: number;
  /** Into the spare copy, from its beginning on, one piece after the other. */
  write(offset: number, bytes: Uint8Array): void;
  /** Of the spare copy, as it was written. */
  read(offset: number, into: Uint8Array): void;
  /** Why this firmware could not use what was written: a damaged table, a model with an operator that it lacks. */
  problem(): string | undefined;
  /** Has the next start take the spare copy: before this one write it would take the old one. */
  activate(): void;
  /** The active copy has proved itself. */
  confirm(): void;
  /** Has the next start take the other copy than the active one. */
  revert(): void;
}

export interface Digest {
  update(bytes: Uint8Array): void;
  /** 32 bytes. */
  finish(): Uint8Array;
}

/** What updates stand on. No network is among it: who offers one hands it over. */
export interface UpdatePorts {
  /** As its folder is named. */
  readonly board: string;
  /** The number that the running firmware was built with: nothing older is ever installed. */
  readonly builtSerial: number;
  /** A part that a board has room for once only cannot be replaced this way. */
  readonly copies: Readonly<Partial<Record<Part, TwoCopies>>>;
  readonly store: Store;
  sha256(): Digest;
  /** Whether this Ed25519 signature is the maker's. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
  /** Tries what a speaker is for, with the copies that are active now. `done` gets what does not work. */
  selfTest(done: (problems: readonly string[]) => void): void;
  restart(): void;
  readonly onChanged: () => void;
  /** It was installed, or came to nothing. */
  readonly onEnded: (outcome: Outcome) => void;
}
