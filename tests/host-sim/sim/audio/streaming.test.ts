import { openRecording } from '../../../../host-sim/sim/audio/recording';
import type { SoundSource } from '../../../../host-sim/sim/audio/source';
import { wavFile } from '../wav-files';

const MINUTES = 2;
const PIECE_BYTES = 1 << 16;
const SOUND_BYTES = MINUTES * 60 * 32_000;
/** Two seconds of sound. */
const AHEAD_BYTES = 64_000;

describe('a long recording', () => {
  let readBytes: number;

  const source = (sampleRate: number, channelCount: number): SoundSource => {
    async function* open(): AsyncGenerator<Uint8Array> {
      yield wavFile([], { claimedBytes: 0xffffffff, sampleRate, channelCount });
      for (readBytes = 0; readBytes < SOUND_BYTES; readBytes += PIECE_BYTES)
        yield new Uint8Array(PIECE_BYTES);
    }
    return { open, isOnce: true };
  };

  test.each([
    [16_000, 1],
    [16_000, 6],
  ])(
    'of %i Hz in %i channels is read as it is heard: no further ahead than two seconds',
    async (sampleRate, channelCount) => {
      const { pieces } = await openRecording(source(sampleRate, channelCount));
      let heard = 0;
      let ahead = 0;
      for await (const { length } of pieces) {
        heard += length;
        ahead = Math.max(ahead, readBytes - 2 * channelCount * heard);
      }
      expect(ahead).toBeLessThanOrEqual(AHEAD_BYTES * channelCount + 2 * PIECE_BYTES);
      expect(heard).toBe(
        Math.floor((PIECE_BYTES * Math.ceil(SOUND_BYTES / PIECE_BYTES)) / (2 * channelCount)),
      );
    },
  );

  test('that nobody wants any more of is let go', async () => {
    let isClosed = false;
    async function* open(): AsyncGenerator<Uint8Array> {
      try {
        yield* source(16_000, 1).open();
      } finally {
        isClosed = true;
      }
    }
    const { pieces } = await openRecording({ open, isOnce: true });
    for await (const piece of pieces) if (piece.length > 0) break;
    expect(isClosed).toBe(true);
  });
});
