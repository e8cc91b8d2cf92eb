import { type OpenRecording, openRecording, recordingOf } from '../../sim/audio/recording';
import { Resampler } from '../../sim/audio/resample';
import { SAMPLE_RATE, type SoundStream } from '../../sim/audio/sound';
import { bytesSource } from '../../sim/audio/source';

/** Opens a file by our own decoders. @throws AudioError; ForeignSound where it is of a kind that they do not know */
export function openFile(bytes: Uint8Array): Promise<OpenRecording> {
  return openRecording(bytesSource(bytes));
}

/** What the browser has decoded goes the same way to 16 kHz as all other sound. `what`: such as `an M4A file`. */
export function openDecoded(
  what: string,
  sampleRate: number,
  channels: readonly Float32Array[],
): Promise<OpenRecording> {
  async function* blocks(): SoundStream['blocks'] {
    yield channels;
    return undefined;
  }
  const frameCount = channels[0]?.length ?? 0;
  return recordingOf({
    sampleRate,
    channelCount: channels.length,
    format: what,
    frameCount,
    blocks: blocks(),
  });
}

/** A microphone's sound as the ear takes it. */
export class LiveSound {
  readonly #resampler: Resampler;

  constructor(sampleRate: number) {
    this.#resampler = new Resampler(sampleRate, SAMPLE_RATE);
  }

  push(samples: Float32Array): Int16Array {
    return Int16Array.from(this.#resampler.push(samples), (value) =>
      Math.max(-0x8000, Math.min(0x7fff, Math.round(value * 0x8000))),
    );
  }
}
