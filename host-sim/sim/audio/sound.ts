/** What the ear hears: 16 kHz, mono, 16 bits. */
export const SAMPLE_RATE = 16_000;

/** Decoded sound, its channels already mixed to one (their mean). */
export interface Sound {
  /** Full scale is ±1. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly channelCount: number;
  /** The form it came in, such as `WAV, 16-bit`. */
  readonly format: string;
  /** Set when the file ends early or is damaged further on: what is missing. `samples` is what came before. */
  readonly shortfall?: string;
}

export type AudioErrorReason = 'empty' | 'notAudio' | 'damaged' | 'unsupported';

/** A file that gives no sound at all. The message says what it is and what would be right. */
export class AudioError extends Error {
  override readonly name = 'AudioError';

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

/** The mean of separate channels. */
export function mixChannels(channels: readonly Float32Array[]): Float32Array {
  const first = channels[0] ?? new Float32Array(0);
  if (channels.length < 2) return first;
  const mixed = new Float32Array(first.length);
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0;
    for (const channel of channels) sum += channel[i] as number;
    mixed[i] = sum / channels.length;
  }
  return mixed;
}
