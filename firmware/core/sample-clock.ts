import type { Clock } from './ports';

export const SAMPLES_PER_MS = 16;

/** Time as the ear counts it: a recording gives the same times on every machine. */
export class SampleClock implements Clock {
  readonly #ear: { readonly elapsedSamples: number };

  constructor(ear: { readonly elapsedSamples: number }) {
    this.#ear = ear;
  }

  get nowMs(): number {
    return Math.floor(this.#ear.elapsedSamples / SAMPLES_PER_MS);
  }
}
