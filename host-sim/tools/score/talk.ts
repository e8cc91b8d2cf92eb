import { SAMPLE_RATE } from '../../sim/audio/sound';
import { loudestFrame } from './noise';

/** As much as the speaker remembers of talk. */
const MOST_SAMPLES = 12 * SAMPLE_RATE;
const FULL_SCALE = 32_767;

/** A recording after the last twelve seconds of talk that is as loud: their loudest 128 ms are equal. */
export function afterTalk(pcm: Int16Array, talk: Int16Array): Int16Array {
  const before = talk.subarray(-MOST_SAMPLES);
  const gain = Math.sqrt(loudestFrame(pcm) / loudestFrame(before));
  const both = new Float64Array(before.length + pcm.length);
  both.set(Float64Array.from(before, (sample) => sample * gain));
  both.set(pcm, before.length);
  const peak = both.reduce((most, sample) => Math.max(most, Math.abs(sample)), FULL_SCALE);
  return Int16Array.from(both, (sample) => Math.round((sample * FULL_SCALE) / peak));
}
