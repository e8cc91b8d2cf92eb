/** What makes a chain of entries that nobody can change unseen. */
export default class Seal {
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** Bytes that nobody can foretell, of the chip's own generator. */
  random(byteLength: number): Uint8Array;
}
