/** Noise at a set distance below speech, as the public spoken-intent benchmark mixes it: the loudest 128 ms of the
 * speech against the loudest 128 ms of the noise beneath it, the sum brought to half of full scale. */

const FRAME_SAMPLES = 2048;
const HALF_OF_FULL_SCALE = 16384;

/** Where the noise begins is a function of `seed`, so that a score can be repeated. */
export function withNoise(speech: Int16Array, noise: Int16Array, snrDb: number, seed: number): Int16Array {
  if (noise.length < speech.length)
    throw new RangeError(`the noise has ${noise.length} samples, the speech ${speech.length}`);
  const from = scatter(seed) % (noise.length - speech.length + 1);
  const beneath = noise.subarray(from, from + speech.length);
  const gain = Math.sqrt(loudestFrame(speech) / (loudestFrame(beneath) * 10 ** (snrDb / 10)));
  const sum = Float64Array.from(speech, (sample, i) => sample + gain * (beneath[i] as number));
  const peak = sum.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  return Int16Array.from(sum, (sample) => Math.round((sample * HALF_OF_FULL_SCALE) / peak));
}

/** The energy of the loudest 128 ms. */
export function loudestFrame(samples: Int16Array): number {
  let loudest = 0;
  for (let from = 0; from === 0 || from + FRAME_SAMPLES <= samples.length; from += FRAME_SAMPLES) {
    let energy = 0;
    for (const sample of samples.subarray(from, from + FRAME_SAMPLES)) energy += sample * sample;
    loudest = Math.max(loudest, energy);
  }
  return Math.max(loudest, 1);
}

/** An integer hash, so that neighbouring seeds begin far apart. */
function scatter(seed: number): number {
  let hash = (seed + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
