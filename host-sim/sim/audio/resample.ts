/** Zero crossings of the kernel on each side, counted at the lower of the two rates: with the window below the transition
 * is 1/16 of the lower rate wide (for 16 kHz: level to 7.5 kHz, which is where the features end, 85 dB down from 8.5 kHz). */
const HALF_WIDTH = 46;
/** Kaiser window for 85 dB: 0.1102 (A − 8.7), J. F. Kaiser 1974. */
const KAISER_BETA = 8.4;
const KAISER_PEAK = besselI0(KAISER_BETA);

/** Changes the sample rate by a windowed sinc, one set of weights for each phase, worked out when it is first needed.
 * Rates are whole numbers of Hz. Deterministic: the same samples give the same bits on every machine. */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return samples;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const phaseCount = toHz / divisor;
  const step = fromHz / divisor;
  const cutoff = Math.min(1, toHz / fromHz);
  const halfTaps = Math.ceil(HALF_WIDTH / cutoff);
  const phases: (Float32Array | undefined)[] = new Array(phaseCount);
  const out = new Float32Array(Math.floor((samples.length * phaseCount) / step));
  let whole = 0;
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    phases[phase] ??= kernel(phase / phaseCount, halfTaps, cutoff);
    out[i] = weigh(samples, whole - halfTaps + 1, phases[phase] as Float32Array);
    phase += step;
    whole += Math.floor(phase / phaseCount);
    phase %= phaseCount;
  }
  return out;
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
