/** Sounds of English letter groups for words that no dictionary has (names, mostly). The first rule whose letters
 * stand at the position, and whose neighbours fit, is taken; longer and narrower rules come first. Vowels carry the
 * digit 1 where they are never reduced. */
type Rule = readonly [before: RegExp | null, letters: string, after: RegExp | null, phones: string];

const CONSONANT = /[bcdfghjklmnpqrstvwxz]$/;
const START = /^$/;
const END = /^$/;
const SOFT = /^[eiy]/;
/** One consonant and a last silent e, as in "lane": the vowel is long. */
const MAGIC_E = /^[bcdfgklmnpstvz](e$|es$|ed$|ing$)/;

// biome-ignore format: a table
const RULES: readonly Rule[] = [
  [null, 'tion', null, 'SH AH0 N'],
  [null, 'sion', null, 'ZH AH0 N'],
  [null, 'cian', null, 'SH AH0 N'],
  [null, 'ture', END, 'CH ER0'],
  [null, 'ough', null, 'AO1'],
  [null, 'augh', null, 'AO1'],
  [null, 'igh', null, 'AY1'],
  [null, 'eigh', null, 'EY1'],
  [null, 'tch', null, 'CH'],
  [null, 'sch', null, 'SH'],
  [START, 'kn', null, 'N'],
  [START, 'wr', null, 'R'],
  [START, 'ps', null, 'S'],
  [START, 'gn', null, 'N'],
  [START, 'x', null, 'Z'],
  [null, 'ch', /^[rl]/, 'K'],
  [null, 'ch', null, 'CH'],
  [null, 'ck', null, 'K'],
  [null, 'sh', null, 'SH'],
  [null, 'ph', null, 'F'],
  [null, 'th', null, 'TH'],
  [null, 'wh', null, 'W'],
  [null, 'dge', null, 'JH'],
  [null, 'ng', END, 'NG'],
  [null, 'ng', /^[bcdfhjkmnpstvwz]/, 'NG'],
  [null, 'nk', null, 'NG K'],
  [null, 'qu', null, 'K W'],
  [null, 'gh', null, 'G'],
  [null, 'cc', SOFT, 'K S'],
  [null, 'sc', SOFT, 'S'],
  [null, 'eau', null, 'OW1'],
  [null, 'air', null, 'EH1 R'],
  [null, 'ear', null, 'IH1 R'],
  [null, 'eer', null, 'IH1 R'],
  [null, 'oor', null, 'AO1 R'],
  [null, 'our', null, 'AO1 R'],
  [null, 'are', END, 'EH1 R'],
  [null, 'ore', null, 'AO1 R'],
  [null, 'ire', END, 'AY1 ER0'],
  [null, 'ure', END, 'Y UH1 R'],
  [null, 'ar', /^[^aeiou]|^$/, 'AA1 R'],
  [null, 'er', /^[^aeiou]|^$/, 'ER0'],
  [null, 'ir', /^[^aeiou]|^$/, 'ER1'],
  [null, 'or', null, 'AO1 R'],
  [null, 'ur', /^[^aeiou]|^$/, 'ER1'],
  [null, 'yr', /^[^aeiou]|^$/, 'ER1'],
  [null, 'ai', null, 'EY1'],
  [null, 'ay', null, 'EY1'],
  [null, 'au', null, 'AO1'],
  [null, 'aw', null, 'AO1'],
  [null, 'ee', null, 'IY1'],
  [null, 'ea', null, 'IY1'],
  [null, 'ei', null, 'EY1'],
  [null, 'ey', END, 'IY0'],
  [null, 'eu', null, 'Y UW1'],
  [null, 'ew', null, 'UW1'],
  [null, 'ie', END, 'IY0'],
  [null, 'ie', null, 'IY1'],
  [null, 'oa', null, 'OW1'],
  [null, 'oi', null, 'OY1'],
  [null, 'oy', null, 'OY1'],
  [null, 'oo', null, 'UW1'],
  [null, 'ou', null, 'AW1'],
  [null, 'ow', END, 'OW1'],
  [null, 'ow', null, 'AW1'],
  [null, 'ue', END, 'UW1'],
  [null, 'ui', null, 'UW1'],
  [null, 'oe', END, 'OW1'],
  [null, 'ia', END, 'IY0 AH0'],
  [null, 'ya', END, 'Y AH0'],
  [null, 'a', MAGIC_E, 'EY1'],
  [null, 'e', MAGIC_E, 'IY1'],
  [null, 'i', MAGIC_E, 'AY1'],
  [null, 'o', MAGIC_E, 'OW1'],
  [null, 'u', MAGIC_E, 'UW1'],
  [null, 'y', MAGIC_E, 'AY1'],
  [/[sxz]$|[cs]h$/, 'es', END, 'AH0 Z'],
  [/[aeiouy].*$/, 'es', END, 'Z'],
  [/[td]$/, 'ed', END, 'AH0 D'],
  [/[pkfsx]$|[cs]h$/, 'ed', END, 'T'],
  [/[aeiouy].*$/, 'ed', END, 'D'],
  [/[aeiouy].*$/, 'e', END, ''],
  [/[aeiouy].*l$/, 'le', END, 'AH0 L'],
  [CONSONANT, 'le', END, 'AH0 L'],
  [null, 'a', END, 'AH0'],
  [null, 'e', END, 'IY1'],
  [null, 'i', END, 'IY0'],
  [null, 'o', END, 'OW0'],
  [null, 'u', END, 'UW0'],
  [/^[^aeiou]*$/, 'y', END, 'AY1'],
  [null, 'y', END, 'IY0'],
  [START, 'y', null, 'Y'],
  [null, 'y', /^[aeiou]/, 'Y'],
  [null, 'a', null, 'AE1'],
  [null, 'e', null, 'EH1'],
  [null, 'i', null, 'IH1'],
  [null, 'o', null, 'AA1'],
  [null, 'u', null, 'AH1'],
  [null, 'y', null, 'IH0'],
  [null, 'c', SOFT, 'S'],
  [null, 'g', SOFT, 'JH'],
  [/[aeiou]$/, 's', /^[aeiou]/, 'Z'],
  [/[aeioubdglmnrvw]$/, 's', END, 'Z'],
  [null, 'x', null, 'K S'],
  [null, 'j', null, 'JH'],
  [null, 'q', null, 'K'],
  [null, 'c', null, 'K'],
  [null, 'h', null, 'HH'],
  [null, 'b', null, 'B'],
  [null, 'd', null, 'D'],
  [null, 'f', null, 'F'],
  [null, 'g', null, 'G'],
  [null, 'k', null, 'K'],
  [null, 'l', null, 'L'],
  [null, 'm', null, 'M'],
  [null, 'n', null, 'N'],
  [null, 'p', null, 'P'],
  [null, 'r', null, 'R'],
  [null, 's', null, 'S'],
  [null, 't', null, 'T'],
  [null, 'v', null, 'V'],
  [null, 'w', null, 'W'],
  [null, 'z', null, 'Z'],
];

/** Phones with stress digits for a word of letters; accents are dropped, what is no letter says nothing. */
export function soundsOfLetters(text: string): string[] {
  const letters = text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  const phones: string[] = [];
  let position = 0;
  while (position < letters.length) {
    const before = letters.slice(0, position);
    const rule = RULES.find(
      ([left, group, right]) =>
        letters.startsWith(group, position) &&
        (left === null || left.test(before)) &&
        (right === null || right.test(letters.slice(position + group.length))),
    );
    position += rule === undefined ? 1 : rule[1].length;
    for (const phone of (rule?.[3] ?? '').split(' ')) {
      // A doubled letter sounds once.
      if (phone !== '' && phone !== phones.at(-1)) phones.push(phone);
    }
  }
  return phones;
}
