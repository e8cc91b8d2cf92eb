/** How the packed dictionary is written: by `bundle/dictionary.ts`, and read in the worker. */
import { PHONES } from '../grammar/phones';

/** A digit of base 36 says how many letters are as before. */
export const MOST_SHARED = 35;
const FIRST = 'A'.charCodeAt(0);

export function letterOf(phone: number): string {
  return String.fromCharCode(FIRST + phone);
}

/** The dictionary as it was, but for its stress. */
export function unpackDictionary(packed: string): Record<string, string> {
  const [words = '', sounds = ''] = packed.split('\n\n');
  const ways = sounds.split('\n');
  const dictionary: Record<string, string> = {};
  let last = '';
  for (const [index, line] of words.split('\n').entries()) {
    const word = last.slice(0, Number.parseInt(line.charAt(0), 36)) + line.slice(1);
    dictionary[word] = phonesOf(ways[index] ?? '');
    last = word;
  }
  return dictionary;
}

function phonesOf(letters: string): string {
  return Array.from(letters.matchAll(/([^0])(0?)/g), ([, letter = '', unstressed = '']) => {
    return PHONES[letter.charCodeAt(0) - FIRST] + unstressed;
  }).join(' ');
}
