import { SAMPLE_RATE } from '../../sim/audio/sound';
import { wordEnd } from './word-end';

/** Left of the quiet around the sound, so that soft beginnings and ends stay whole. */
const MARGIN_SAMPLES = (SAMPLE_RATE * 60) / 1000;

/** Two recordings as if said in one breath: the quiet between them cut away. */
export function inOneBreath(first: Int16Array, second: Int16Array): Int16Array {
  const head = first.subarray(0, Math.min(first.length, wordEnd(first) + MARGIN_SAMPLES));
  const tail = second.subarray(Math.max(0, wordStart(second) - MARGIN_SAMPLES));
  const spliced = new Int16Array(head.length + tail.length);
  spliced.set(head);
  spliced.set(tail, head.length);
  return spliced;
}

function wordStart(pcm: Int16Array): number {
  return pcm.length - wordEnd(pcm.slice().reverse());
}
