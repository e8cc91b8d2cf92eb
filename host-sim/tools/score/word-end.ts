import { SAMPLE_RATE } from '../../sim/audio/sound';

const FRAME_SAMPLES = SAMPLE_RATE / 100;
const SMOOTHING_FRAMES = 2;
/** From the quietest tenth to the loudest moment in dB: speech reaches this far above the quiet. */
const SHARE_OF_RANGE = 0.4;

/** The sample at which the sound of the last word ends, told by its energy. */
export function wordEnd(pcm: Int16Array): number {
  const levels = smoothedLevels(pcm);
  const sorted = Float64Array.from(levels).sort();
  const quiet = sorted[Math.floor(sorted.length / 10)] ?? 0;
  const loud = sorted.at(-1) ?? 0;
  const threshold = quiet + SHARE_OF_RANGE * (loud - quiet);
  let last = levels.length - 1;
  while (last > 0 && (levels[last] as number) < threshold) last--;
  return Math.min(pcm.length, (last + 1) * FRAME_SAMPLES);
}

/** dB, one each 10 ms, the mean power of the frames around. */
function smoothedLevels(pcm: Int16Array): Float64Array {
  const powers = new Float64Array(Math.ceil(pcm.length / FRAME_SAMPLES));
  pcm.forEach((sample, i) => {
    const frame = Math.floor(i / FRAME_SAMPLES);
    powers[frame] = (powers[frame] as number) + (sample * sample) / FRAME_SAMPLES;
  });
  return powers.map((_, i) => {
    const around = powers.subarray(Math.max(0, i - SMOOTHING_FRAMES), i + SMOOTHING_FRAMES + 1);
    return 10 * Math.log10(around.reduce((sum, power) => sum + power, 1) / around.length);
  });
}
