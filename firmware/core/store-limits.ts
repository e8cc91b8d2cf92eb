/** What every store takes: the limits of the chip's flash storage, kept on the laptop too. */
const MOST_KEY_CHARACTERS = 15;
const MOST_VALUE_BYTES = 1_000;

/** @throws RangeError on a key that is empty or too long */
export function checkKey(key: string): void {
  if (key.length < 1 || key.length > MOST_KEY_CHARACTERS) {
    throw new RangeError(`key '${key}': 1 to ${MOST_KEY_CHARACTERS} characters would be right`);
  }
}

/** @throws RangeError on a value that is too long */
export function checkValue(key: string, value: string): void {
  const byteLength = utf8Bytes(value);
  if (byteLength > MOST_VALUE_BYTES) {
    throw new RangeError(`${byteLength} bytes for '${key}': at most ${MOST_VALUE_BYTES} would be right`);
  }
}

function utf8Bytes(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // both halves of a surrogate pair together take four
    count += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return count;
}
