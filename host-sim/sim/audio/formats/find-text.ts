/** Where these letters begin in the bytes, at `from` or later; -1 where nowhere. */
export function indexOfText(bytes: Uint8Array, letters: string, from = 0): number {
  const first = letters.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1))
    if (isAt(bytes, letters, at)) return at;
  return -1;
}

/** The same for the last place; -1 where nowhere. */
export function lastIndexOfText(bytes: Uint8Array, letters: string): number {
  const first = letters.charCodeAt(0);
  for (let at = bytes.lastIndexOf(first); at >= 0; at = at > 0 ? bytes.lastIndexOf(first, at - 1) : -1)
    if (isAt(bytes, letters, at)) return at;
  return -1;
}

function isAt(bytes: Uint8Array, letters: string, at: number): boolean {
  for (let i = 0; i < letters.length; i++) if (bytes[at + i] !== letters.charCodeAt(i)) return false;
  return true;
}
