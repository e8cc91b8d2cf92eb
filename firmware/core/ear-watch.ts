/** How long an ear that should hear may stand still. */
export const EAR_STILL_MS = 2_000;

/** Watches that the ear's sample count goes on: an ear task that hangs, or a microphone without a clock, looks like
 * silence otherwise. */
export class EarWatch {
  #heardSamples = -1;
  #sinceMs = 0;
  #isStill = false;

  /** True once when the ear has stood still for `EAR_STILL_MS`; again only after it has gone on. While muted the
   * microphone rests, and nothing is expected of it. */
  stoodStill(heardSamples: number, muted: boolean, atMs: number): boolean {
    if (muted || heardSamples !== this.#heardSamples) {
      this.#heardSamples = heardSamples;
      this.#sinceMs = atMs;
      this.#isStill = false;
      return false;
    }
    if (this.#isStill || atMs - this.#sinceMs < EAR_STILL_MS) return false;
    this.#isStill = true;
    return true;
  }
}
