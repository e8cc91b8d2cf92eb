/** The bytes end before what they should say. */
export class OutOfBits extends Error {
  override readonly name = 'OutOfBits';
}

/** Reads numbers of any width, the first bit being the highest. The bytes are views that a `ByteReader` gave: it looks up to
 * eight bytes past their end, and what it finds there never counts. */
export class BitReader {
  readonly #view: DataView;
  readonly #bitLength: number;
  #position = 0;

  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset, byteLength } = bytes;
    this.#view = new DataView(buffer, byteOffset, Math.min(byteLength + 8, buffer.byteLength - byteOffset));
    this.#bitLength = byteLength * 8;
  }

  /** Of the next whole byte, once `alignToByte` was called. */
  get byteOffset(): number {
    return this.#position >>> 3;
  }

  /** 0 to 32 bits. @throws OutOfBits */
  unsigned(width: number): number {
    if (this.#position + width > this.#bitLength) throw new OutOfBits();
    const value = width === 0 ? 0 : this.#next32() >>> (32 - width);
    this.#position += width;
    return value;
  }

  /** 1 to 33 bits, in two's complement. @throws OutOfBits */
  signed(width: number): number {
    if (width === 33) return this.signed(1) * 2 ** 32 + this.unsigned(32);
    if (this.#position + width > this.#bitLength) throw new OutOfBits();
    const value = this.#next32() >> (32 - width);
    this.#position += width;
    return value;
  }

  /** How many zeros come before the next one, which is taken too. @throws OutOfBits */
  unary(): number {
    let zeros = 0;
    for (;;) {
      if (this.#position >= this.#bitLength) throw new OutOfBits();
      const run = Math.clz32(this.#next32());
      zeros += run;
      this.#position += run;
      if (run < 32) break;
    }
    this.#position++;
    return zeros;
  }

  /** `to` − `from` numbers in Rice's code (RFC 9639, section 9.2.7.3), with `parameter` low bits each: 0 to 30.
   * @throws OutOfBits */
  rice(into: Float64Array, from: number, to: number, parameter: number): void {
    const view = this.#view;
    const last = view.byteLength - 5;
    let position = this.#position;
    for (let i = from; i < to; i++) {
      const at = position >>> 3;
      if (at > last) throw new OutOfBits();
      const shift = position & 7;
      const word = (view.getInt32(at) << shift) | (view.getUint8(at + 4) >>> (8 - shift));
      const zeros = Math.clz32(word);
      const width = zeros + 1 + parameter;
      // numbers are folded to 0, −1, 1, −2, 2, …
      if (width <= 32) {
        const low = parameter === 0 ? 0 : (word << (zeros + 1)) >>> (32 - parameter);
        const folded = (zeros << parameter) | low;
        into[i] = (folded >>> 1) ^ -(folded & 1);
        position += width;
      } else {
        this.#position = position;
        const folded = this.unary() * 2 ** parameter + this.unsigned(parameter);
        into[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
        position = this.#position;
      }
    }
    this.#position = position;
    if (position > this.#bitLength) throw new OutOfBits();
  }

  alignToByte(): void {
    this.#position = (this.#position + 7) & ~7;
  }

  /** The 32 bits from here on; anything behind the end. */
  #next32(): number {
    const at = this.#position >>> 3;
    if (at > this.#view.byteLength - 5) throw new OutOfBits();
    const shift = this.#position & 7;
    return (this.#view.getInt32(at) << shift) | (this.#view.getUint8(at + 4) >>> (8 - shift));
  }
}
