import type { Pages } from '../../../firmware/record/ports';

export const SECTOR_BYTES = 4096;
export const RECORD_SECTORS = 32;

export function blankRecord(): Uint8Array {
  return new Uint8Array(RECORD_SECTORS * SECTOR_BYTES).fill(0xff);
}

/** Flash that is gone with the power. A write only makes zeros of ones, as on a chip. */
export class MemoryPages implements Pages {
  readonly count: number;
  readonly byteLength = SECTOR_BYTES;
  readonly #bytes: Uint8Array;

  /** @param bytes what it holds, of whole pages; blank unless given */
  constructor(bytes: Uint8Array = blankRecord()) {
    this.#bytes = bytes;
    this.count = Math.floor(bytes.length / SECTOR_BYTES);
  }

  read(page: number, offset: number, into: Uint8Array): void {
    const at = page * SECTOR_BYTES + offset;
    into.set(this.#bytes.subarray(at, at + into.length));
  }

  write(page: number, offset: number, bytes: Uint8Array): void {
    const at = page * SECTOR_BYTES + offset;
    for (const [i, byte] of bytes.entries()) this.#bytes[at + i] = (this.#bytes[at + i] ?? 0) & byte;
  }

  erase(page: number): void {
    this.#bytes.fill(0xff, page * SECTOR_BYTES, (page + 1) * SECTOR_BYTES);
  }
}
