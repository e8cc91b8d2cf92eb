/* Which C function stands behind what; seal.d.ts says what each does. */
class Seal {
  sha256(bytes) {
    const digest = new Uint8Array(32);
    native('xs_seal_sha256').call(
      this,
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength,
      digest.buffer,
      0,
      32,
    );
    return digest;
  }
  random(byteLength) {
    const bytes = new Uint8Array(byteLength);
    native('xs_seal_random').call(this, bytes.buffer, 0, byteLength);
    return bytes;
  }
}

export default Seal;
