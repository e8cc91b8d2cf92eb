import { Problem } from '../cli/problem';
import { phoneIndex } from '../grammar/phones';

/** One way to say a wake word: phone by phone, `IH|AH` where either may stand. */
export type WakePronunciation = readonly string[];

const MOST_PRONUNCIATIONS = 4;
const MOST_PHONES = 24;
const OR = 0x80;

/** As the ear's second look reads them (`natives/ear/alignment.h`). Throws Problem, with `where` in front. */
export function pronunciationBytes(ways: readonly WakePronunciation[], where: string): number[] {
  if (ways.length > MOST_PRONUNCIATIONS)
    throw new Problem(`${where}: ${ways.length} pronunciations, but ${MOST_PRONUNCIATIONS} are the most`);
  return ways.flatMap((way) => [...wayBytes(way, where), 0]);
}

function wayBytes(way: WakePronunciation, where: string): number[] {
  if (way.length === 0 || way.length > MOST_PHONES)
    throw new Problem(
      `${where}: a pronunciation has ${way.length} phones, but must have 1 to ${MOST_PHONES}`,
    );
  return way.flatMap((place) =>
    place.split('|').map((phone, index) => {
      const number = phoneIndex(phone);
      if (number === undefined) throw new Problem(`${where}: '${phone}' is no phone (AA, AE, … ZH)`);
      return index === 0 ? number : number | OR;
    }),
  );
}

/** How the dictionary says the phrase, at most four ways; none when it would have to guess a word from its letters. */
export async function pronunciationsOf(phrase: string): Promise<readonly WakePronunciation[]> {
  const [{ dictionary }, { createLexicon }] = await Promise.all([
    import('cmu-pronouncing-dictionary'),
    import('../grammar/lexicon'),
  ]);
  const lexicon = createLexicon(dictionary, new Map());
  const words = phrase.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  if (words.length === 0 || words.some((word) => lexicon.isGuessed(word))) return [];
  let ways: readonly WakePronunciation[] = [[]];
  for (const word of words) {
    const endings = lexicon.pronunciationsOf(word).map((way) => way.map((choices) => choices.join('|')));
    ways = ways.flatMap((way) => endings.map((ending) => [...way, ...ending])).slice(0, MOST_PRONUNCIATIONS);
  }
  return ways.every((way) => way.length <= MOST_PHONES) ? ways : [];
}
