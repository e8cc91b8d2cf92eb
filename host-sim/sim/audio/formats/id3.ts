import type { ByteReader } from '../byte-reader';

const HEADER_BYTES = 10;
const HAS_FOOTER = 0x10;

/** Passes over ID3v2 tags, which some programs write before anything. Returns how many bytes they took. */
export async function passOverId3(reader: ByteReader): Promise<number> {
  for (let passed = 0; ; ) {
    const header = await reader.peek(HEADER_BYTES);
    if (header.length < HEADER_BYTES || String.fromCharCode(...header.subarray(0, 3)) !== 'ID3')
      return passed;
    const [flags = 0, ...length] = header.subarray(5);
    const content = length.reduce((sum, seven) => sum * 0x80 + (seven & 0x7f), 0);
    passed += await reader.skip(HEADER_BYTES + content + (flags & HAS_FOOTER ? HEADER_BYTES : 0));
  }
}
