const ASCII = /^[\0-\x7f]*$/;
const SURROGATES = /[\ud800-\udfff]/g;

/** With what the language itself has: XS has a TextEncoder only as a module of its SDK. Half a surrogate pair becomes `?`. */
export function bytesOfText(text: string): Uint8Array {
  if (ASCII.test(text)) return Uint8Array.from(text, (character) => character.charCodeAt(0));
  const bytes: number[] = [];
  const escaped = escapedOf(text);
  for (let i = 0; i < escaped.length; i += 1) {
    const isEscape = escaped[i] === '%';
    bytes.push(isEscape ? Number.parseInt(escaped.slice(i + 1, i + 3), 16) : escaped.charCodeAt(i));
    if (isEscape) i += 2;
  }
  return Uint8Array.from(bytes);
}

function escapedOf(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(SURROGATES, '?'));
  }
}

/** Undefined where the bytes are no UTF-8. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  let text = '';
  let isAscii = true;
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
    isAscii &&= byte < 0x80;
  }
  if (isAscii) return text;
  try {
    return decodeURIComponent(text.replace(/[%\x80-\xff]/g, (one) => `%${one.charCodeAt(0).toString(16)}`));
  } catch {
    return undefined;
  }
}
