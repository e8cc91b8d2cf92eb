import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { readRecording } from '../../../host-sim/sim/audio/any-recording';
import { foreignSoundOf } from '../../../host-sim/sim/audio/formats/foreign';
import { withSilence } from '../../../host-sim/sim/audio/recording';
import { AudioError } from '../../../host-sim/sim/audio/sound';
import { tone, wavFile } from './wav-files';

const FIXTURES = join(__dirname, 'fixtures');

describe('a recording', () => {
  test('that the ear can take as it is keeps every bit, and nothing is said about it', async () => {
    const samples = [-0x8000, -3, 0, 3, 0x7fff];
    const recording = await readRecording(wavFile(samples.map((value) => value / 0x8000)));
    expect(recording).toEqual({ pcm: Int16Array.from(samples) });
  });

  test('of another rate and shape is brought to 16 kHz mono, which is said', async () => {
    const stereo = tone(440, 44_100, 4410).flatMap((value) => [value, value]);
    const { pcm, conversion } = await readRecording(
      wavFile(stereo, { sampleRate: 44_100, channelCount: 2, bits: 24 }),
    );
    expect(pcm).toHaveLength(1600);
    expect(conversion).toBe('resampled from 44100 Hz stereo (WAV, 24-bit) to 16 kHz mono');
  });

  test.each([
    [{ bits: 8 }, 'converted from WAV, 8-bit to 16-bit'],
    [{ channelCount: 2 }, 'mixed from stereo (WAV, 16-bit) to mono'],
    [{ sampleRate: 8000, code: 7, bits: 8 }, 'resampled from 8000 Hz mono (WAV, µ-law) to 16 kHz mono'],
  ])('says what was done to %j', async (shape, conversion) => {
    expect(await readRecording(wavFile([0, 0, 0, 0], shape))).toMatchObject({ conversion });
  });

  test('that is louder than full scale is clipped, not wrapped', async () => {
    const { pcm } = await readRecording(wavFile([1.5, -1.5, 1], { code: 3, bits: 32 }));
    expect([...pcm]).toEqual([0x7fff, -0x8000, 0x7fff]);
  });

  test.each([
    ['an empty file', Buffer.alloc(0), 'empty', /empty/],
    [
      'a text',
      Buffer.from('{"name": "earshot"}'),
      'notAudio',
      /not a recording; WAV, FLAC or Ogg\/Opus would be right/,
    ],
  ])('is not made of %s: it says what would be right', async (_name, bytes, reason, message) => {
    await expect(readRecording(bytes)).rejects.toMatchObject({
      name: 'AudioError',
      reason,
      message: expect.stringMatching(message),
    });
  });

  test('is not made of random bytes: a typed error says so', async () => {
    const bytes = fc.uint8Array({ maxLength: 64 }).filter((bytes) => foreignSoundOf(bytes) === undefined);
    await fc.assert(
      fc.asyncProperty(bytes, (random) => expect(readRecording(random)).rejects.toBeInstanceOf(AudioError)),
      { numRuns: 200 },
    );
  });

  test('can be followed by silence', () => {
    expect([...withSilence(Int16Array.of(5), 0.25)]).toEqual([5, 0, 0, 0, 0]);
  });
});

describe('a compressed recording', () => {
  const [flac, opus] = probe('tone.flac', 'tone.opus');

  test('in FLAC is decoded to the very samples', () => {
    expect(flac?.whole).toMatchObject({
      kind: 'sound',
      sampleCount: 3200,
      conversion: 'resampled from 44100 Hz stereo (FLAC) to 16 kHz mono',
    });
    expect(Math.abs((flac?.whole.peak ?? 0) - 0x4000)).toBeLessThan(40);
  });

  test('in Ogg/Opus is decoded', () => {
    // the coder works in blocks of 20 ms, and the last one may be given in full
    expect(opus?.whole.sampleCount).toBeGreaterThanOrEqual(3200);
    expect(opus?.whole.sampleCount).toBeLessThanOrEqual(3200 + 320);
    expect(opus?.whole).toMatchObject({
      kind: 'sound',
      conversion: 'resampled from 48000 Hz stereo (Ogg/Opus) to 16 kHz mono',
    });
    expect(Math.abs((opus?.whole.peak ?? 0) - 0x4000)).toBeLessThan(800);
  });

  test('that is whole misses nothing, and one cut in half says what is missing or gives a typed error', () => {
    for (const { whole, half } of [flac, opus].flatMap((outcome) => outcome ?? [])) {
      expect(whole.shortfall).toBeUndefined();
      expect(half.kind === 'AudioError' || typeof half.shortfall === 'string').toBe(true);
    }
  });

  test('that is damaged in any way gives sound or a typed error', () => {
    for (const outcome of [flac, opus])
      expect(['sound', 'AudioError']).toEqual(expect.arrayContaining(outcome?.damaged ?? ['none']));
  });
});

interface Outcome {
  readonly kind: string;
  readonly sampleCount?: number;
  readonly peak?: number;
  readonly shortfall?: string;
}

function probe(...names: readonly string[]): { whole: Outcome; half: Outcome; damaged: string[] }[] {
  const script = join(__dirname, 'decode-probe.ts');
  const paths = names.map((name) => join(FIXTURES, name));
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, ...paths], {
    encoding: 'utf8',
    cwd: join(__dirname, '../../..'),
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
