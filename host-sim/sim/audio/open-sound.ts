import { ByteReader } from './byte-reader';
import { isFlac, openFlac } from './formats/flac';
import { ForeignSound, foreignSoundOf } from './formats/foreign';
import { passOverId3 } from './formats/id3';
import { openOgg } from './formats/ogg';
import { isOgg } from './formats/ogg-pages';
import { isWav, openWav } from './formats/wav';
import { AudioError, type SoundStream } from './sound';
import type { SoundSource } from './source';

const GLANCE_BYTES = 16;
/** The longest page of Ogg, so that the last one begins in it. */
const TAIL_BYTES = 1 << 16;
const BIG_ENDIAN =
  'a big-endian WAV file (RIFX); a little-endian one, by `sox FILE -L NEW.wav`, would be right';

/** Reads sound in a form that is not ours: from its path, or its bytes where it has none. @throws AudioError */
export type OpenForeign = (foreign: ForeignSound, input: string | ByteReader) => Promise<SoundStream>;

/** Where nobody reads other forms. */
export const refuseForeign: OpenForeign = (foreign) => Promise.reject(foreign);

/** Opens a recording of any kind, told apart by its content. @throws AudioError */
export async function openSound(source: SoundSource, openForeign: OpenForeign): Promise<SoundStream> {
  const reader = new ByteReader(source.open());
  reader.mark();
  try {
    const sound = closing(await openAs(reader, source), reader);
    reader.release();
    return sound;
  } catch (error) {
    if (error instanceof ForeignSound && (source.path !== undefined || reader.rewind())) {
      reader.release();
      return closing(await openForeign(error, source.path ?? reader), reader);
    }
    await reader.close();
    throw error;
  }
}

async function openAs(reader: ByteReader, source: SoundSource): Promise<SoundStream> {
  const tagBytes = await passOverId3(reader);
  const start = await reader.peek(GLANCE_BYTES);
  if (start.length + tagBytes === 0)
    throw new AudioError('empty', 'the file is empty; a WAV, FLAC or Ogg/Opus recording would be right');
  if (isWav(start)) return openWav(reader, source.byteLength);
  if (isFlac(start)) return openFlac(reader);
  if (isOgg(start)) return openOgg(reader, source.tail?.(TAIL_BYTES));
  // ffmpeg takes its samples for little-endian ones
  if (startsWith(start, 'RIFX')) throw new AudioError('unsupported', BIG_ENDIAN);
  const foreign = foreignSoundOf(start);
  if (foreign) throw foreign;
  // where even the tag says nothing, as in an MP3 file of another layer
  if (tagBytes > 0) throw new ForeignSound('an MP3 file');
  const guess = startsWith(start, 'PK') ? ' (a ZIP file)' : '';
  throw new AudioError('notAudio', `not a recording${guess}; WAV, FLAC or Ogg/Opus would be right`);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, text.length)) === text;
}

/** The same, and lets go of where the bytes come from in the end. */
function closing(sound: SoundStream, reader: ByteReader): SoundStream {
  async function* blocks(): SoundStream['blocks'] {
    try {
      return yield* sound.blocks;
    } finally {
      await reader.close();
    }
  }
  return { ...sound, blocks: blocks() };
}
