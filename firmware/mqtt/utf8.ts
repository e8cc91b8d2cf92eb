/* By hand, as XS has a TextEncoder only as a module of its SDK, and as what the language itself has makes a list with an item a
 * byte, which takes much of the chip's memory for a text of a few kilobytes. */

/** So many characters are made into a text at once: no stack has to hold more. */
const PIECE = 32;

/** Half a surrogate pair becomes `?`. */
export function bytesOfText(text: string): Uint8Array {
  let byteLength = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isPair = isPairAt(text, at);
    byteLength += isPair ? 4 : code < 0x80 || isHalf(code) ? 1 : code < 0x800 ? 2 : 3;
    if (isPair) at += 1;
  }
  const bytes = new Uint8Array(byteLength);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const isPair = isPairAt(text, at);
    const code = isPair ? (text.codePointAt(at) ?? 0) : text.charCodeAt(at);
    if (isPair) at += 1;
    if (code < 0x80 || (!isPair && isHalf(code))) bytes[end++] = code < 0x80 ? code : 0x3f;
    else {
      const followers = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes[end++] = ((0xff00 >> (followers + 1)) & 0xff) | (code >> (6 * followers));
      for (let left = followers - 1; left >= 0; left -= 1)
        bytes[end++] = 0x80 | ((code >> (6 * left)) & 0x3f);
    }
  }
  return bytes;
}

/** Undefined where the bytes are no UTF-8. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  let text = '';
  let piece: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++] ?? 0;
    const followers =
      first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    if (followers < 0 || at + followers > bytes.length) return undefined;
    let code = followers === 0 ? first : first & (0x3f >> followers);
    for (let left = followers; left > 0; left -= 1) {
      const byte = bytes[at++] ?? 0;
      if ((byte & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (byte & 0x3f);
    }
    const isTooLong = code < (followers === 2 ? 0x800 : followers === 3 ? 0x10000 : 0);
    if (isTooLong || code > 0x10ffff || isHalf(code)) return undefined;
    piece.push(code);
    if (piece.length < PIECE) continue;
    text += String.fromCodePoint(...piece);
    piece = [];
  }
  return text + String.fromCodePoint(...piece);
}

function isHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xe000;
}

function isPairAt(text: string, at: number): boolean {
  const [code, next] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000;
}
