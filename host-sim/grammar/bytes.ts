/** Little-endian bytes, growing. */
export class ByteWriter {
  private readonly bytes: number[] = [];

  get length(): number {
    return this.bytes.length;
  }

  u8(value: number): this {
    return this.put(value, 1);
  }

  u16(value: number): this {
    return this.put(value, 2);
  }

  u32(value: number): this {
    return this.put(value, 4);
  }

  text(value: string): this {
    for (const byte of new TextEncoder().encode(value)) this.bytes.push(byte);
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.bytes);
  }

  private put(value: number, byteCount: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * byteCount)) {
      throw new RangeError(`the grammar is too large: ${value} does not fit into ${byteCount} bytes`);
    }
    for (let index = 0; index < byteCount; index++)
      this.bytes.push(Math.floor(value / 2 ** (8 * index)) % 256);
    return this;
  }
}

/** As in zlib and PNG: polynomial 0xEDB88320, reflected. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
