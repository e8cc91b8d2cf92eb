import type { Ring } from '../../../firmware/core/ports';

export interface RecordingRingOptions {
  readonly pixelCount: number;
  /** Takes each picture that differs from the one before, as hex, one RRGGBB a pixel. */
  readonly onPicture: (hex: string) => void;
}

const MOST_PIXELS = 256;

/** A ring of LEDs that remembers what it shows. */
export class RecordingRing implements Ring {
  readonly pixelCount: number;
  readonly #onPicture: (hex: string) => void;
  readonly #shown: Uint8Array;
  #closed = false;

  constructor({ pixelCount, onPicture }: RecordingRingOptions) {
    if (!Number.isInteger(pixelCount) || pixelCount < 1 || pixelCount > MOST_PIXELS) {
      throw new RangeError(`ring of ${pixelCount} pixels: 1 to ${MOST_PIXELS} would be right`);
    }
    this.pixelCount = pixelCount;
    this.#onPicture = onPicture;
    this.#shown = new Uint8Array(pixelCount * 3);
  }

  show(rgb: Uint8Array): void {
    if (this.#closed) throw new Error('the ring is closed');
    if (rgb.length !== this.#shown.length) {
      throw new RangeError(
        `${rgb.length} bytes for a ring of ${this.pixelCount} pixels: ${this.#shown.length} would be right`,
      );
    }
    if (rgb.every((value, index) => value === this.#shown[index])) return;
    this.#shown.set(rgb);
    this.#onPicture(hexOf(rgb));
  }

  /** No picture ever waits here. */
  refresh(): void {}

  close(): void {
    this.#closed = true;
  }
}

const HEX = '0123456789abcdef';

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15);
  return text;
}
