/** What the ear hears: 16 kHz, mono, 16 bits. */
export const SAMPLE_RATE = 16_000;

/** One stretch of sound, an array of samples for each channel, all of one length. Full scale is ±1. */
export type Block = readonly Float32Array[];

/** Sound as a file holds it, given out block by block. */
export interface SoundStream {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** The form it comes in, such as `WAV, 16-bit`. */
  readonly format: string;
  /** How many samples each channel has, by the header or by the length of the file; undefined where neither tells. */
  readonly frameCount?: number;
  /** What it returns in the end is what is missing: the file ends early or is damaged. Throws AudioError only before the
   * first block. */
  readonly blocks: AsyncGenerator<Block, string | undefined>;
}

/** How many samples of each channel a block has at most, if its format leaves that open. */
export const BLOCK_FRAMES = 16_384;

export type AudioErrorReason = 'empty' | 'notAudio' | 'damaged' | 'unsupported';

/** A file that gives no sound at all. The message says what it is and what would be right. */
export class AudioError extends Error {
  override readonly name: string = 'AudioError';

  constructor(
    readonly reason: AudioErrorReason,
    message: string,
  ) {
    super(message);
  }
}

const LEAST_RATE_HZ = 1000;
const MOST_RATE_HZ = 384_000;
const MOST_CHANNELS = 64;

/** @throws AudioError for a rate or a number of channels that no recording has */
export function checkShape(sampleRate: number, channelCount: number): void {
  if (!(sampleRate >= LEAST_RATE_HZ && sampleRate <= MOST_RATE_HZ)) {
    throw new AudioError(
      'unsupported',
      `its header says ${sampleRate} Hz; ${LEAST_RATE_HZ} to ${MOST_RATE_HZ} Hz can be read`,
    );
  }
  if (!(channelCount >= 1 && channelCount <= MOST_CHANNELS)) {
    throw new AudioError(
      'unsupported',
      `its header says ${channelCount} channels; 1 to ${MOST_CHANNELS} can be read`,
    );
  }
}
