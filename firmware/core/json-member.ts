/** Longer texts than this are nobody's state. */
const LONGEST_VALUE = 256;
const SPACE = ' \t\r\n';

/** A member of a JSON object as text: a string, a number, true or false. Undefined for all else, and where the text is no
 * object. Makes nothing of the rest: what a stranger sends may hold so many objects and lists that parsing it takes all
 * memory of the chip, which ends the speaker. */
export function jsonMember(text: string, name: string): string | undefined {
  let found: string | undefined;
  let at = afterSpace(text, 0);
  if (text[at] !== '{') return undefined;
  at = afterSpace(text, at + 1);
  if (text[at] === '}') return undefined;
  for (;;) {
    const nameEnd = text[at] === '"' ? afterString(text, at) : 0;
    const valueAt = nameEnd > 0 ? afterSpace(text, nameEnd) : 0;
    if (nameEnd === 0 || text[valueAt] !== ':') return undefined;
    const from = afterSpace(text, valueAt + 1);
    const end = afterValue(text, from);
    if (end <= from) return undefined;
    if (end - from <= LONGEST_VALUE && nameEnd - at === name.length + 2 && text.startsWith(name, at + 1))
      found = scalar(text.slice(from, end));
    at = afterSpace(text, end);
    if (text[at] === '}') return afterSpace(text, at + 1) === text.length ? found : undefined;
    if (text[at] !== ',') return undefined;
    at = afterSpace(text, at + 1);
  }
}

/** At most a string or a number is made. */
function scalar(json: string): string | undefined {
  if (json[0] === '{' || json[0] === '[') return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return value === null ? undefined : String(value);
  } catch {
    return undefined;
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.includes(text.charAt(at))) at += 1;
  return at;
}

/** 0 where it has no end. */
function afterString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return 0;
}

/** 0 where it has no end. */
function afterValue(text: string, from: number): number {
  if (text[from] === '"') return afterString(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      at = afterString(text, at) - 1;
      if (at < 0) return 0;
    } else if (character === '{' || character === '[') depth += 1;
    else if (depth === 0 && (character === ',' || character === '}' || SPACE.includes(character))) return at;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return 0;
}
