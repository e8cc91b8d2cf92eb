/** Zero crossings of the kernel on each side, counted at the lower of the two rates: with the window below the transition
 * is 1/16 of the lower rate wide (for 16 kHz: level to 7.5 kHz, which is where the features end, 85 dB down from 8.5 kHz). */
const HALF_WIDTH = 46;
/** Kaiser window for 85 dB: 0.1102 (A − 8.7), J. F. Kaiser 1974. */
const KAISER_BETA = 8.4;
const KAISER_PEAK = besselI0(KAISER_BETA);

/** Changes the sample rate by a windowed sinc, one set of weights for each phase, worked out when it is first needed.
 * Rates are whole numbers of Hz. Deterministic: the same samples give the same bits on every machine, in whatever pieces
 * they come. */
export class Resampler {
  readonly #phaseCount: number;
  readonly #step: number;
  readonly #cutoff: number;
  readonly #halfTaps: number;
  readonly #phases: (Float32Array | undefined)[];
  /** The last samples, from #firstKept on. */
  #kept = new Float32Array(0);
  #firstKept = 0;
  #taken = 0;
  #given = 0;
  /** Where the next sample lies among those taken, in whole ones and phases. */
  #whole = 0;
  #phase = 0;

  constructor(fromHz: number, toHz: number) {
    const divisor = greatestCommonDivisor(fromHz, toHz);
    this.#phaseCount = toHz / divisor;
    this.#step = fromHz / divisor;
    this.#cutoff = Math.min(1, toHz / fromHz);
    this.#halfTaps = Math.ceil(HALF_WIDTH / this.#cutoff);
    this.#phases = new Array(this.#phaseCount);
  }

  /** What comes of these samples and those before them, as far as it does not hang on the next. At an equal rate that is
   * the samples themselves. */
  push(samples: Float32Array): Float32Array {
    if (this.#step === this.#phaseCount) return samples;
    this.#keep(samples);
    const room = Math.max(0, this.#taken - this.#halfTaps - this.#whole);
    return this.#give(Math.ceil((room * this.#phaseCount - this.#phase) / this.#step));
  }

  /** The rest, when no more samples come. */
  end(): Float32Array {
    if (this.#step === this.#phaseCount) return new Float32Array(0);
    return this.#give(Math.floor((this.#taken * this.#phaseCount) / this.#step) - this.#given);
  }

  /** Lets go of what no further sample needs. */
  #keep(samples: Float32Array): void {
    const first = Math.min(Math.max(0, this.#whole - this.#halfTaps + 1), this.#taken);
    const old = this.#kept.subarray(first - this.#firstKept);
    const kept = new Float32Array(old.length + samples.length);
    kept.set(old);
    kept.set(samples, old.length);
    this.#kept = kept;
    this.#firstKept = first;
    this.#taken += samples.length;
  }

  #give(count: number): Float32Array {
    const out = new Float32Array(Math.max(0, count));
    const before = this.#firstKept + this.#halfTaps - 1;
    let [whole, phase] = [this.#whole, this.#phase];
    for (let i = 0; i < out.length; i++) {
      out[i] = weigh(this.#kept, whole - before, this.#weightsOf(phase));
      phase += this.#step;
      whole += Math.floor(phase / this.#phaseCount);
      phase %= this.#phaseCount;
    }
    [this.#whole, this.#phase] = [whole, phase];
    this.#given += out.length;
    return out;
  }

  #weightsOf(phase: number): Float32Array {
    const known = this.#phases[phase];
    if (known) return known;
    const weights = kernel(phase / this.#phaseCount, this.#halfTaps, this.#cutoff);
    this.#phases[phase] = weights;
    return weights;
  }
}

function weigh(samples: Float32Array, start: number, weights: Float32Array): number {
  let sum = 0;
  const first = Math.max(0, -start);
  const last = Math.min(weights.length, samples.length - start);
  for (let tap = first; tap < last; tap++) sum += (weights[tap] as number) * (samples[start + tap] as number);
  return sum;
}

/** Weights for a point `fraction` after the sample in the middle. They add up to one, so that DC stays as it is. */
function kernel(fraction: number, halfTaps: number, cutoff: number): Float32Array {
  const weights = new Float64Array(2 * halfTaps);
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap++) {
    const distance = tap - halfTaps + 1 - fraction;
    const x = Math.PI * distance * cutoff;
    const weight = (x === 0 ? 1 : Math.sin(x) / x) * kaiser(distance / halfTaps);
    weights[tap] = weight;
    sum += weight;
  }
  return Float32Array.from(weights, (weight) => weight / sum);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / KAISER_PEAK;
}

/** Modified Bessel function of the first kind, order 0, by its power series (Abramowitz and Stegun 9.6.12). */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
