import { closeSync, createReadStream, fstatSync, readSync } from 'node:fs';
import { openNamedFile } from '../../cli/files';
import { AudioError } from './sound';
import { type SoundSource, STANDARD_INPUT } from './source';

const PIECE_BYTES = 1 << 17;
/** A file, or a device or pipe that has a name; `-` is the standard input. @throws Problem when it may not be read */
export function fileSource(path: string): SoundSource {
  if (path === STANDARD_INPUT) return { open: () => readable(process.stdin), isOnce: true };
  const file = openNamedFile(path, 'a recording');
  const status = fstatSync(file);
  closeSync(file);
  const open = (): AsyncIterable<Uint8Array> =>
    readable(createReadStream(path, { highWaterMark: PIECE_BYTES }));
  if (!status.isFile()) return { open, isOnce: true };
  const tail = (count: number): Uint8Array => lastBytes(path, Math.min(count, status.size), status.size);
  return { open, isOnce: false, byteLength: status.size, tail, path };
}

/** A disk or a pipe that fails is a recording that cannot be read: others still can. */
async function* readable(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw new AudioError('damaged', `it cannot be read (${(error as Error).message})`);
  }
}

function lastBytes(path: string, count: number, byteLength: number): Uint8Array {
  const file = openNamedFile(path, 'a recording');
  const bytes = new Uint8Array(count);
  const read = readSync(file, bytes, 0, count, byteLength - count);
  closeSync(file);
  return bytes.subarray(0, read);
}
