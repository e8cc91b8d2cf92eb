import type { Ear } from '../../../firmware/core/ports';

/** The simulator's ear: it owns the recording, so that even here TypeScript hands over sound once, when it is loaded. */
export interface SimulatedEar extends Ear {
  /** Lets up to `sampleCount` further samples of the recording pass. Returns how many there were: fewer at its end. */
  hear(sampleCount: number): number;
}

/** An ear that is given its sound while it arrives, from a microphone. */
export interface FedEar extends SimulatedEar {
  /** Appends 16 kHz mono samples to what `hear` will take. */
  feed(pcm: Int16Array): void;
}
