import type { ByteReader } from '../byte-reader';
import { crc32 } from './crc';
import { indexOfText } from './find-text';

/** One page of an Ogg stream (RFC 3533, section 6). */
export interface OggPage {
  /** All of it, header included; valid until the next page. */
  readonly bytes: Uint8Array;
  readonly body: Uint8Array;
  readonly isLast: boolean;
}

const HEADER_BYTES = 27;
const MOST_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;
const CAPTURE = 'OggS';
const END_OF_STREAM = 4;

export function isOgg(start: Uint8Array): boolean {
  return start.length >= CAPTURE.length && indexOfText(start.subarray(0, CAPTURE.length), CAPTURE) === 0;
}

/** The pages of a stream. Bytes between them, and pages whose check sum is wrong, are passed over.
 * @returns how many bytes those were */
export async function* oggPages(reader: ByteReader): AsyncGenerator<OggPage, number> {
  let passedBytes = 0;
  for (;;) {
    const bytes = await reader.peek(MOST_PAGE_BYTES);
    if (bytes.length === 0) return passedBytes;
    const page = pageOf(bytes);
    if (page) {
      yield page;
      await reader.skip(page.bytes.length);
    } else passedBytes += await reader.skip(toNextCapture(bytes));
  }
}

/** The page that these bytes begin with, or undefined when they do not, or it is cut off. */
function pageOf(bytes: Uint8Array): OggPage | undefined {
  if (!isOgg(bytes) || bytes.length < HEADER_BYTES) return undefined;
  const bodyAt = HEADER_BYTES + (bytes[26] as number);
  const bodyBytes = bytes.subarray(HEADER_BYTES, bodyAt).reduce((sum, length) => sum + length, 0);
  if (bytes.length < bodyAt + bodyBytes) return undefined;
  const page = bytes.subarray(0, bodyAt + bodyBytes);
  if (!hasRightSum(page)) return undefined;
  return {
    bytes: page,
    body: page.subarray(bodyAt),
    isLast: ((page[5] as number) & END_OF_STREAM) !== 0,
  };
}

/** The sum is worked out with zeros in its own place. */
function hasRightSum(page: Uint8Array): boolean {
  const blank = Uint8Array.from(page);
  blank.fill(0, 22, 26);
  return new DataView(page.buffer, page.byteOffset).getUint32(22, true) === crc32(blank);
}

function toNextCapture(bytes: Uint8Array): number {
  const at = indexOfText(bytes, CAPTURE, 1);
  // where it is not there, its first three bytes may be
  return at > 0 ? at : Math.max(1, bytes.length - (CAPTURE.length - 1));
}
