/** The phone model's classes 1–39; class 0 is CTC's blank. */
export const PHONES: readonly string[] =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(
    ' ',
  );

export const PHONE_COUNT = PHONES.length;

const INDEX = new Map<string, number>(PHONES.map((phone, index) => [phone, index + 1]));

/** 1–39, or undefined when it is no phone. A stress digit is ignored. */
export function phoneIndex(name: string): number | undefined {
  return INDEX.get(name.replace(/[0-2]$/, '').toUpperCase());
}

export function isVowel(name: string): boolean {
  return /^[AEIOU]/.test(name);
}
