import { closeSync, createReadStream, fstatSync, readSync } from 'node:fs';
import { openNamedFile } from '../../cli/files';
import { inOnePiece } from './byte-reader';
import { AudioError } from './sound';

/** Where a recording's bytes come from. */
export interface SoundSource {
  /** All bytes from the first one on. What `isOnce` gives them a single time. */
  open(): AsyncIterable<Uint8Array>;
  /** It cannot be rewound, as standard input. */
  readonly isOnce: boolean;
  /** Of a file that is all there. */
  readonly byteLength?: number;
  /** The last `count` bytes of such a file. */
  tail?(count: number): Uint8Array;
  /** Under which other programs find it. */
  readonly path?: string;
}

export function bytesSource(bytes: Uint8Array): SoundSource {
  return {
    open: () => inOnePiece(bytes),
    isOnce: false,
    byteLength: bytes.length,
    tail: (count) => bytes.subarray(Math.max(0, bytes.length - count)),
  };
}

const PIECE_BYTES = 1 << 17;
/** Stands for a recording that comes through a pipe. */
export const STANDARD_INPUT = '-';

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
