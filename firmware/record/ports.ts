/** Flash by pages, each erased as a whole. A write turns ones to zeros and nothing else; an erased page is all ones. */
export interface Pages {
  /** At least 4. */
  readonly count: number;
  readonly byteLength: number;
  /** Fills `into` from an offset of a page on. */
  read(page: number, offset: number, into: Uint8Array): void;
  write(page: number, offset: number, bytes: Uint8Array): void;
  erase(page: number): void;
}

/** What makes a chain of entries that nobody can change unseen, and of which nobody can guess what was deleted. */
export interface Seal {
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** Bytes that nobody can foretell. */
  random(byteLength: number): Uint8Array;
}
