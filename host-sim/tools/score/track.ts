/** What a wake model says of one recording, step by step: everything needed to know when it wakes at any cutoff. */
export interface Track {
  /** Chances 0–1 that the word has just been said, one a step. */
  readonly chances: Float32Array;
  /** On the sample clock: when the first chance was known, and how far the others are apart. */
  readonly firstSample: number;
  readonly stepSamples: number;
}

/** How chances become wake-ups, as in firmware/natives/ear/spotter.h. */
export interface Decision {
  readonly cutoff: number;
  /** The mean of this many chances must exceed the cutoff. */
  readonly window: number;
}

/** One saying of the word wakes once: 2 s, as WAKE_WORD_REFRACTORY_FRAMES in firmware/natives/ear/wake_word.h. */
const REFRACTORY_SAMPLES = 32_000;
/** The natives keep cutoffs and means as whole numbers of this share. */
const CUTOFF_ONE = 65_536;

/** What is left of it from a sample on, counted from there. */
export function trackFrom({ chances, firstSample, stepSamples }: Track, sample: number): Track {
  const dropped = Math.max(0, Math.ceil((sample - firstSample) / stepSamples));
  return {
    chances: chances.subarray(dropped),
    firstSample: firstSample + dropped * stepSamples - sample,
    stepSamples,
  };
}

/** The samples at which the word counts as heard. */
export function wakesOf(track: Track, { cutoff, window }: Decision): number[] {
  const steps = stepsAbove(meansOf(track, window), Math.round(cutoff * CUTOFF_ONE) / CUTOFF_ONE);
  return wakesAmong(steps, track, window);
}

/** The highest mean over the window: what a cutoff must lie below for the track to wake. */
export function peakOf(track: Track, window: number): number {
  return meansOf(track, window).reduce((peak, mean) => Math.max(peak, mean), 0);
}

/** Of each step the mean of its chance and those before it in the window; 0 while there are fewer. */
export function meansOf({ chances }: Track, window: number): Float64Array {
  const means = new Float64Array(chances.length);
  for (let step = window - 1; step < chances.length; step++) {
    let sum = 0;
    for (let back = 0; back < window; back++) sum += chances[step - back] as number;
    means[step] = Math.floor((sum * CUTOFF_ONE) / window) / CUTOFF_ONE;
  }
  return means;
}

export function stepsAbove(means: Float64Array, cutoff: number): number[] {
  const steps: number[] = [];
  means.forEach((mean, step) => {
    if (mean > cutoff) steps.push(step);
  });
  return steps;
}

/** The samples of those steps above the cutoff that wake: after a wake-up there is rest, and a new window to fill. */
export function wakesAmong(
  steps: readonly number[],
  { firstSample, stepSamples }: Track,
  window: number,
): number[] {
  const rest = Math.max(window, REFRACTORY_SAMPLES / stepSamples);
  let last = -rest;
  const wakes: number[] = [];
  for (const step of steps) {
    if (step - last < rest) continue;
    wakes.push(firstSample + step * stepSamples);
    last = step;
  }
  return wakes;
}
