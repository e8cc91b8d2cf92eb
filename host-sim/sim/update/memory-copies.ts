import type { CopyIndex } from '../../../firmware/update/parts';
import type { TwoCopies } from '../../../firmware/update/ports';

/** Flash with room for two copies, which outlasts restarts as a chip's does. */
export class MemoryCopies {
  readonly #bytes: readonly [Uint8Array, Uint8Array];
  readonly #problem: (spare: Uint8Array) => string | undefined;
  #next: CopyIndex = 0;

  /** @param bytes the copy in use
   *  @param byteLength of the room for each
   *  @param problem why the speaker could not use what was written */
  constructor(bytes: Uint8Array, byteLength: number, problem: (spare: Uint8Array) => string | undefined) {
    const first = new Uint8Array(byteLength).fill(0xff);
    first.set(bytes);
    this.#bytes = [first, new Uint8Array(byteLength).fill(0xff)];
    this.#problem = problem;
  }

  /** The copy that a start takes. */
  get active(): Uint8Array {
    return this.#bytes[this.#next];
  }

  /** As one start has them. */
  atStart(): TwoCopies {
    const active = this.#next;
    const other: CopyIndex = active === 0 ? 1 : 0;
    const spare = this.#bytes[other];
    const takeOther = (): void => {
      this.#next = other;
    };
    return {
      active,
      byteLength: spare.length,
      write: (offset, bytes) => {
        if (offset === 0) spare.fill(0xff);
        spare.set(bytes, offset);
      },
      read: (offset, into) => into.set(spare.subarray(offset, offset + into.length)),
      problem: () => this.#problem(spare),
      activate: takeOther,
      confirm: () => {},
      revert: takeOther,
    };
  }
}
