import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAnyRecording, readRecording } from '../../../../host-sim/sim/audio/any-recording';
import { fileSource } from '../../../../host-sim/sim/audio/file-source';
import { isOnPath } from '../../../../host-sim/sim/audio/programs';
import { type Recording, wholeRecording } from '../../../../host-sim/sim/audio/recording';
import { bytesSource } from '../../../../host-sim/sim/audio/source';
import { LAYOUTS, type Layout } from '../../../fixtures/recordings/layouts';
import { SOUND } from '../../../fixtures/recordings/pieces';

const FOLDER = join(__dirname, '../../../fixtures/recordings');
const hasFfmpeg = isOnPath('ffmpeg');
const opus = LAYOUTS.filter(({ file }) => file.endsWith('.opus'));
const own = LAYOUTS.filter((layout) => layout.foreign === undefined && !opus.includes(layout));
const foreign = LAYOUTS.filter((layout) => layout.foreign !== undefined);
const named = (layouts: readonly Layout[]): [string, Layout][] =>
  layouts.map((layout) => [`${layout.file} (${layout.of})`, layout]);

describe('a recording as tools leave it', () => {
  test.each(named(own))('%s gives what is in it', (_name, layout) => expectOutcome(layout));

  test('in Opus gives what is in it', async () => {
    const script = join(__dirname, 'read-recordings.ts');
    const paths = opus.map(({ file }) => join(FOLDER, file));
    const words = ['--import', 'tsx', script, ...paths];
    const outcomes = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Recording[];
    for (const [i, layout] of opus.entries())
      await expectOutcome(layout, {
        ...(outcomes[i] as Recording),
        pcm: Int16Array.from(outcomes[i]?.pcm ?? []),
      });
  });

  (hasFfmpeg ? test : test.skip).each(named(foreign))('%s is read by ffmpeg', (_name, layout) =>
    expectOutcome({ conversion: expect.stringContaining(layout.foreign as string), ...layout }),
  );

  test.each(named(foreign))(
    '%s is refused by its name where there is no ffmpeg, with what to do',
    async (_name, { file, foreign }) => {
      const { PATH } = process.env;
      process.env.PATH = '';
      const path = join(FOLDER, file);
      const outcome = openAnyRecording(fileSource(path)).finally(() => {
        process.env.PATH = PATH;
      });
      await expect(outcome).rejects.toThrow(
        `${foreign}; WAV, FLAC and Ogg/Opus are read as they are, all others through ffmpeg: install that, or where it is: ffmpeg -i ${path} ${path.replace(/\.\w+$/, '.wav')}`,
      );
    },
  );
});

describe('the same through a pipe', () => {
  test.each(named(own.filter(({ channel }) => channel !== 'loudest')))(
    '%s, in pieces of any length, gives the same',
    async (_name, layout) => {
      const bytes = readFileSync(join(FOLDER, layout.file));
      const pieces = (): AsyncIterable<Uint8Array> => inOddPieces(bytes);
      await expectOutcome(
        layout,
        await outcomeOf(openAnyRecording({ open: pieces, isOnce: true }, layout.channel)),
      );
    },
  );

  (hasFfmpeg ? test : test.skip).each(['lame.mp3', 'adpcm.wav', 'browser.webm', 'vorbis.ogg', 'apple.caf'])(
    '%s, which only ffmpeg reads, is read',
    async (file) => {
      const bytes = readFileSync(join(FOLDER, file));
      const { pcm } = await wholeRecording(
        await openAnyRecording({ open: () => inOddPieces(bytes), isOnce: true }),
      );
      expect(likeness(pcm)).toBeGreaterThan(0.9);
    },
  );

  test('the loudest channel is not known, which is said', async () => {
    const bytes = readFileSync(join(FOLDER, 'one-sided.wav'));
    const source = { ...bytesSource(bytes), isOnce: true };
    await expect(openAnyRecording(source, 'loudest')).rejects.toThrow(
      'comes only once, and the loudest channel is known when it is over; --channel N or a file would be right',
    );
  });
});

async function expectOutcome(layout: Layout, given?: Recording | Error): Promise<void> {
  const { gives, refused, conversion, shortfall, remark } = layout;
  const read = (): Promise<Recording> =>
    readRecording(readFileSync(join(FOLDER, layout.file)), layout.channel);
  const outcome = given ?? (await read().catch((error: Error) => error));
  if (outcome instanceof Error) {
    expect({ name: outcome.name, message: outcome.message }).toEqual({
      name: 'AudioError',
      message: expect.stringMatching(refused ?? 'no error'),
    });
    return;
  }
  const { pcm, ...facts } = outcome;
  expect(facts).toEqual({
    ...(conversion === undefined ? {} : { conversion }),
    ...(shortfall === undefined ? {} : { shortfall: expect.stringMatching(shortfall) }),
    ...(remark === undefined ? {} : { remark: expect.stringMatching(remark) }),
  });
  if (gives === 'same') expect(pcm).toEqual(SOUND);
  else if (gives === 'near') expect(likeness(pcm)).toBeGreaterThan(0.9);
  else if (gives !== undefined) expect(pcm).toHaveLength(gives);
  else expect(pcm.length).toBeGreaterThan(0);
}

function outcomeOf(opening: ReturnType<typeof openAnyRecording>): Promise<Recording | Error> {
  return opening.then(wholeRecording).catch((error: Error) => error);
}

async function* inOddPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0, length = 1; at < bytes.length; at += length, length = (length * 7) % 613)
    yield bytes.subarray(at, at + length);
}

/** How much alike the sound and a recording of it are, 1 at most, shifted as coders do. */
function likeness(pcm: Int16Array): number {
  let most = 0;
  for (let shift = 0; shift < Math.min(pcm.length, 2400); shift++)
    most = Math.max(most, correlation(pcm, shift));
  return most;
}

function correlation(pcm: Int16Array, shift: number): number {
  let [both, ours, theirs] = [0, 0, 0];
  for (let i = 100; i < SOUND.length - 200; i++) {
    const a = SOUND[i] as number;
    const b = pcm[i + shift] ?? 0;
    both += a * b;
    ours += a * a;
    theirs += b * b;
  }
  return both / Math.sqrt(ours * theirs + 1);
}
