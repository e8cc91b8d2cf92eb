import { inOnePiece } from './byte-reader';

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

/** Stands for a recording that comes through a pipe. */
export const STANDARD_INPUT = '-';
