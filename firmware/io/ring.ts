import type { Ring } from '../core/ports';
import type NativeRing from '../esp32/ring';
import type { RingOptions } from '../esp32/ring';

/** A board's ring of LEDs. */
export class EarshotRing implements Ring {
  readonly pixelCount: number;
  readonly #native: NativeRing;
  readonly #shown: Uint8Array;
  #isWaiting = false;
  #isClosed = false;

  /** Dark at first. `Native` is the class of the chip.
   * @throws RangeError or TypeError when an option is wrong */
  constructor(Native: typeof NativeRing, options: RingOptions) {
    this.#native = new Native(options);
    this.pixelCount = options.pixels;
    this.#shown = new Uint8Array(options.pixels * 3);
  }

  show(rgb: Uint8Array): void {
    if (this.#isClosed) throw new Error('the ring is closed');
    if (rgb.length !== this.#shown.length) {
      throw new RangeError(
        `${rgb.length} bytes for a ring of ${this.pixelCount} pixels: ${this.#shown.length} would be right`,
      );
    }
    this.#shown.set(rgb);
    this.#isWaiting = true;
    this.refresh();
  }

  /** Sends a picture for which the wire was busy. To be called with every turn: no picture may be lost, as the next comes
   * only when something changes. */
  refresh(): void {
    if (this.#isWaiting && !this.#isClosed) this.#isWaiting = !this.#native.show(this.#shown);
  }

  /** Goes dark. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#native.close();
  }
}
