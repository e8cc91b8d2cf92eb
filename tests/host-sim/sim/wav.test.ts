import fc from 'fast-check';
import { ByteReader, inOnePiece } from '../../../host-sim/sim/audio/byte-reader';
import { isWav, openWav } from '../../../host-sim/sim/audio/formats/wav';
import { AudioError } from '../../../host-sim/sim/audio/sound';
import { type DecodedSound, decoded } from './decoded';
import { chunk, tone, type WavShape, wavFile } from './wav-files';

const SAMPLES = tone(440, 16_000, 480);

describe('a WAV file', () => {
  const shapes: readonly (readonly [string, WavShape, number])[] = [
    ['8-bit', { bits: 8 }, 2 / 0x80],
    ['16-bit', { bits: 16 }, 1 / 0x8000],
    ['24-bit', { bits: 24 }, 1 / 0x800000],
    ['32-bit', { bits: 32 }, 1e-7],
    ['32-bit float', { code: 3, bits: 32 }, 1e-7],
    ['64-bit float', { code: 3, bits: 64 }, 1e-7],
  ];

  for (const isExtensible of [false, true]) {
    test.each(shapes)(
      `of %s samples keeps them${isExtensible ? ' in the extensible form' : ''}`,
      async (format, shape, error) => {
        const sound = await readWav(wavFile(SAMPLES, { ...shape, isExtensible }));
        expect(sound).toMatchObject({ format: `WAV, ${format}`, sampleRate: 16_000, channelCount: 1 });
        expect(sound.shortfall).toBeUndefined();
        expect(largestError(sound.channels[0], SAMPLES)).toBeLessThanOrEqual(error);
      },
    );
  }

  test('of 16-bit samples keeps every bit', async () => {
    const samples = [-0x8000, -0x7fff, -1, 0, 1, 0x7ffe, 0x7fff].map((value) => value / 0x8000);
    expect((await readWav(wavFile(samples))).channels).toEqual([samples]);
  });

  // G.711's own table: the codes of silence, of full scale, and one in between
  test.each([
    ['A-law', 6, 0xd5, 8],
    ['A-law', 6, 0x2a, -32256],
    ['A-law', 6, 0xaa, 32256],
    ['A-law', 6, 0x85, 4224],
    ['µ-law', 7, 0xff, 0],
    ['µ-law', 7, 0x80, 32124],
    ['µ-law', 7, 0x00, -32124],
  ])('in %s (format %i) reads code %i as %i', async (_name, code, byte, value) => {
    const { channels } = await readWav(wavFile([byte], { code, bits: 8, sampleRate: 8000 }));
    expect((channels[0]?.[0] as number) * 0x8000).toBeCloseTo(value, 6);
  });

  test('of several channels keeps them apart', async () => {
    const { channels } = await readWav(wavFile([0.5, 0.25, 0, -0.5, -0.75, -1], { channelCount: 3 }));
    expect(channels).toEqual([
      [0.5, -0.5],
      [0.25, -0.75],
      [0, -1],
    ]);
  });

  test('may have other chunks, of odd length too, before its sound', async () => {
    const extraChunks = [
      chunk('LIST', Buffer.from('INFOabc')),
      chunk('junk', Buffer.alloc(1)),
      chunk('fact', Buffer.alloc(4)),
    ];
    expect((await readWav(wavFile(SAMPLES, { extraChunks }))).channels[0]).toHaveLength(SAMPLES.length);
  });

  test('may be an RF64 file, which keeps its length elsewhere', async () => {
    const lengths = Buffer.alloc(28);
    lengths.writeBigUInt64LE(BigInt(SAMPLES.length * 2), 8);
    const bytes = wavFile(SAMPLES, { extraChunks: [chunk('ds64', lengths)], claimedBytes: 0xffffffff });
    bytes.set(Buffer.from('RF64'));
    expect(isWav(bytes)).toBe(true);
    expect(await readWav(bytes)).not.toHaveProperty('shortfall');
  });

  test('that is cut off is read as far as it goes, and says so', async () => {
    const sound = await readWav(wavFile(SAMPLES).subarray(0, 44 + 301));
    expect(sound.channels[0]).toHaveLength(150);
    expect(sound.shortfall).toBe('its header says 960 bytes of sound, but 301 are there');
  });

  test('whose header claims gigabytes is read as far as it goes, and says so', async () => {
    const sound = await readWav(wavFile(SAMPLES, { claimedBytes: 0xf0000000 }));
    expect(sound.channels[0]).toHaveLength(SAMPLES.length);
    expect(sound.shortfall).toContain('4026531840 bytes');
  });

  test.each([
    ['without a sample', wavFile([]), 'empty', /without a single sample/],
    ['of 0 channels', wavFile(SAMPLES, { channelCount: 0 }), 'unsupported', /0 channels/],
    ['of 65535 channels', wavFile(SAMPLES, { channelCount: 65_535 }), 'unsupported', /65535 channels/],
    ['of 0 Hz', wavFile(SAMPLES, { sampleRate: 0 }), 'unsupported', /0 Hz/],
    ['of 4 GHz', wavFile(SAMPLES, { sampleRate: 0xffffffff }), 'unsupported', /4294967295 Hz/],
    ['in ADPCM', wavFile([1], { code: 17, bits: 8 }), 'unsupported', /IMA ADPCM/],
    ['of 12 bytes a sample', wavFile([], { bits: 96 }), 'unsupported', /96-bit/],
    ['that ends after its first line', wavFile(SAMPLES).subarray(0, 12), 'damaged', /"fmt "/],
    ['that ends before its sound', wavFile(SAMPLES).subarray(0, 38), 'damaged', /"data"/],
  ] as const)('%s is refused and says why', async (_name, bytes, reason, message) => {
    await expect(readWav(bytes)).rejects.toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(message) }),
    );
  });

  test('that is any damaged form of a right one gives sound or a typed error, never anything else', async () => {
    const right = wavFile(SAMPLES.slice(0, 40), { isExtensible: true, channelCount: 2, bits: 24 });
    const damage = fc.record({
      at: fc.nat(right.length - 1),
      value: fc.nat(255),
      length: fc.nat(right.length),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), async (damages) => {
        const bytes = Uint8Array.from(right);
        for (const { at, value } of damages) bytes[at] = value;
        await expectSoundOrAudioError(bytes.subarray(0, Math.max(12, damages[0]?.length ?? 0)));
      }),
      { numRuns: 1000 },
    );
  });

  test('of random bytes gives sound or a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (tail) => {
        await expectSoundOrAudioError(Uint8Array.from([...Buffer.from('RIFF\0\0\0\0WAVE'), ...tail]));
      }),
      { numRuns: 500 },
    );
  });
});

async function readWav(bytes: Uint8Array): Promise<DecodedSound> {
  return decoded(await openWav(new ByteReader(inOnePiece(bytes)), bytes.length));
}

async function expectSoundOrAudioError(bytes: Uint8Array): Promise<void> {
  try {
    const { channels } = await readWav(bytes);
    expect(channels[0]?.length).toBeGreaterThan(0);
    expect(channels.flat().every(Number.isFinite)).toBe(true);
  } catch (error) {
    if (!(error instanceof AudioError)) throw error;
    expect(error.message).not.toContain('\n');
  }
}

function largestError(samples: readonly number[] | undefined, expected: readonly number[]): number {
  expect(samples).toHaveLength(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (samples?.[i] as number))), 0);
}
