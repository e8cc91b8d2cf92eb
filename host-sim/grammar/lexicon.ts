import { soundsOfLetters } from './letter-to-sound';
import { isVowel } from './phones';

/** One way to say a word: for each position the phones that may stand there, the usual one first. */
export type Pronunciation = readonly (readonly string[])[];

/** CMU's dictionary: word, or word(2), to phones with stress, parted by spaces. */
export type PronouncingDictionary = Readonly<Record<string, string>>;

/** How the short words are said in running speech, beside what the dictionary has. */
const SHORT_WORDS: Readonly<Record<string, readonly string[]>> = {
  a: ['AH', 'EY'],
  an: ['AH N', 'AE N'],
  and: ['AE N D', 'AH N D', 'AH N'],
  the: ['DH AH', 'DH IY'],
  to: ['T UW', 'T AH', 'T IH'],
  for: ['F AO R', 'F ER'],
  of: ['AH V', 'AH'],
  on: ['AA N', 'AO N'],
  off: ['AO F', 'AA F'],
  in: ['IH N', 'AH N'],
  at: ['AE T', 'AH T'],
  can: ['K AE N', 'K AH N'],
  you: ['Y UW', 'Y AH'],
  your: ['Y AO R', 'Y ER'],
  my: ['M AY'],
  some: ['S AH M'],
  what: ['W AH T', 'W AA T'],
  "what's": ['W AH T S', 'W AA T S'],
  whats: ['W AH T S', 'W AA T S'],
  "o'clock": ['AH K L AA K', 'OW K L AA K'],
  am: ['EY EH M', 'AE M'],
  pm: ['P IY EH M'],
  tv: ['T IY V IY'],
  oh: ['OW'],
  um: ['AH M'],
  uh: ['AH'],
  hmm: ['HH AH M', 'M'],
};

/** What people say while they think. It is heard, and not put out: the decoder takes any murmur for one of these. */
const HESITATIONS: ReadonlySet<string> = new Set(['um', 'uh', 'hmm']);

export function isHesitation(word: string): boolean {
  return HESITATIONS.has(word);
}

export interface Lexicon {
  pronunciationsOf(word: string): readonly Pronunciation[];
  /** True when the word's sound is guessed from its letters. */
  isGuessed(word: string): boolean;
}

/** A user's own pronunciations win over all; then short words, the dictionary, and letters. */
export function createLexicon(
  dictionary: PronouncingDictionary,
  own: ReadonlyMap<string, readonly (readonly string[])[]>,
): Lexicon {
  const known = new Map<string, readonly Pronunciation[]>();
  const find = (word: string): readonly Pronunciation[] => {
    const ownWays = own.get(word);
    if (ownWays !== undefined) return ownWays.map((phones) => phones.map((phone) => [phone]));
    const short = Object.hasOwn(SHORT_WORDS, word) ? SHORT_WORDS[word] : undefined;
    if (short !== undefined) return short.map((phones) => phones.split(' ').map((phone) => [phone]));
    const listed = dictionaryEntries(dictionary, word);
    return listed.length > 0
      ? withoutRepeats(listed.map(spokenForms))
      : [spokenForms(guess(dictionary, word))];
  };
  return {
    pronunciationsOf(word) {
      const ways = known.get(word) ?? find(word);
      known.set(word, ways);
      return ways;
    },
    isGuessed(word) {
      return (
        !own.has(word) &&
        !Object.hasOwn(SHORT_WORDS, word) &&
        dictionaryEntries(dictionary, word).length === 0
      );
    },
  };
}

/** What the dictionary itself has for a word, without stress; what the letters suggest where it has nothing. */
export function listedPronunciations(dictionary: PronouncingDictionary, word: string): string[][] {
  const listed = dictionaryEntries(dictionary, word);
  const ways = listed.length > 0 ? listed : [guess(dictionary, word)];
  return ways.map((phones) => phones.map((phone) => phone.replace(/\d$/, '')));
}

function dictionaryEntries(dictionary: PronouncingDictionary, word: string): string[][] {
  const entries: string[][] = [];
  for (let number = 1; number < 6; number++) {
    const key = number === 1 ? word : `${word}(${number})`;
    const entry = Object.hasOwn(dictionary, key) ? dictionary[key] : undefined;
    if (entry === undefined && number > 1) break;
    if (entry !== undefined) entries.push(entry.split(' '));
  }
  return entries;
}

/** Letters to sound, but a known stem keeps its sound: "cleaners'", "jamie's", "dimmable". */
function guess(dictionary: PronouncingDictionary, word: string): string[] {
  const stem = word.replace(/'s?$/, '');
  const known = stem === word ? undefined : dictionaryEntries(dictionary, stem)[0];
  if (known !== undefined) return word.endsWith("'s") ? [...known, possessive(known.at(-1) ?? '')] : known;
  return word
    .split(/[-_.]/)
    .flatMap((piece) => dictionaryEntries(dictionary, piece)[0] ?? soundsOfLetters(piece));
}

function possessive(last: string): string {
  return /^(P|T|K|F|TH)$/.test(last) ? 'S' : 'Z';
}

/** The reduced and merged sounds of everyday American speech, as choices at their position. */
function spokenForms(phones: readonly string[]): Pronunciation {
  const plain = phones.map((phone) => phone.replace(/\d$/, ''));
  return plain.map((phone, index) => {
    const next = plain[index + 1] ?? '';
    const before = plain[index - 1] ?? '';
    const unstressed = phones[index]?.endsWith('0') ?? false;
    if (phone === 'AO' && next !== 'R') return ['AO', 'AA'];
    if (unstressed && phone === 'IH' && next !== 'NG') return ['IH', 'AH'];
    const isWeak = phones[index + 1]?.endsWith('0') ?? false;
    if (phone === 'T' && isWeak && (isVowel(before) || before === 'R')) return ['T', 'D'];
    if (phone === 'P' && isWeak && isVowel(before)) return ['P', 'B'];
    return [phone];
  });
}

function withoutRepeats(ways: readonly Pronunciation[]): Pronunciation[] {
  const seen = new Map(ways.map((way) => [way.map((choices) => choices.join('|')).join(' '), way]));
  return [...seen.values()];
}
