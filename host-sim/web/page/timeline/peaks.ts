const HOP_SAMPLES = 160;

/** How loud each 10 ms of a recording is, 0 to 1: what a waveform shows that is not looked at closely. */
export class Peaks {
  #loudest: number[] = [];
  #rest = 0;
  #filled = 0;

  add(pcm: Int16Array): void {
    for (const sample of pcm) {
      this.#rest = Math.max(this.#rest, Math.abs(sample) / 0x8000);
      if (++this.#filled < HOP_SAMPLES) continue;
      this.#loudest.push(this.#rest);
      this.#rest = this.#filled = 0;
    }
  }

  /** The loudest of these frames. */
  among(fromFrame: number, toFrame: number): number {
    let loudest = 0;
    const to = Math.min(this.#loudest.length, Math.max(toFrame, fromFrame + 1));
    for (let frame = Math.max(0, fromFrame); frame < to; frame++)
      loudest = Math.max(loudest, this.#loudest[frame] as number);
    return loudest;
  }
}
