import { createHash } from 'node:crypto';
import type { Pages, Seal } from '../../../firmware/record/ports';

/** Flash as it is: an erased page is all ones, a write only makes zeros of them, and power may fail within either. */
export class ModelledFlash implements Pages {
  readonly count: number;
  readonly byteLength: number;
  readonly bytes: Uint8Array;
  readonly eraseCounts: number[];
  /** Called with what the flash holds if the power fails at this moment. */
  onMoment: ((bytes: Uint8Array) => void) | undefined;
  /** Which of some bits have changed already when a write or erase is cut: bit by bit at random, where given. */
  chance: (() => number) | undefined;

  constructor(count: number, byteLength: number, bytes?: Uint8Array) {
    this.count = count;
    this.byteLength = byteLength;
    this.bytes = bytes?.slice() ?? new Uint8Array(count * byteLength).fill(0xff);
    this.eraseCounts = new Array(count).fill(0);
  }

  read(page: number, offset: number, into: Uint8Array): void {
    const at = this.#at(page, offset, into.length);
    into.set(this.bytes.subarray(at, at + into.length));
  }

  write(page: number, offset: number, bytes: Uint8Array): void {
    const at = this.#at(page, offset, bytes.length);
    for (const [i, byte] of bytes.entries())
      if ((this.#byte(at + i) & byte) !== byte)
        throw new Error(`byte ${offset + i} of page ${page} is written twice`);
    this.#change(at, bytes);
  }

  erase(page: number): void {
    this.eraseCounts[page] = (this.eraseCounts[page] ?? 0) + 1;
    this.#change(this.#at(page, 0, this.byteLength), new Uint8Array(this.byteLength).fill(0xff));
  }

  #change(at: number, to: Uint8Array): void {
    if (this.onMoment && this.chance) this.onMoment(this.#partly(at, to, this.chance));
    for (const [i, byte] of to.entries()) {
      this.bytes[at + i] = byte;
      this.onMoment?.(this.bytes);
    }
  }

  #partly(at: number, to: Uint8Array, chance: () => number): Uint8Array {
    const bytes = this.bytes.slice();
    for (const [i, byte] of to.entries()) {
      const changed = Math.floor(chance() * 256);
      bytes[at + i] = (this.#byte(at + i) & ~changed) | (byte & changed);
    }
    return bytes;
  }

  #byte(at: number): number {
    return this.bytes[at] ?? 0;
  }

  #at(page: number, offset: number, byteLength: number): number {
    if (page < 0 || page >= this.count || offset < 0 || offset + byteLength > this.byteLength)
      throw new RangeError(`${byteLength} bytes at ${offset} of page ${page}`);
    return page * this.byteLength + offset;
  }
}

/** A seal whose salts are the same in every test. */
export function testSeal(): Seal {
  let count = 0;
  return {
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    random: (byteLength) => {
      count += 1;
      return new Uint8Array(createHash('sha256').update(`salt ${count}`).digest()).subarray(0, byteLength);
    },
  };
}
