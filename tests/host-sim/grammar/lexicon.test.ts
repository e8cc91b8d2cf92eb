import { soundsOfLetters } from '../../../host-sim/grammar/letter-to-sound';
import { createLexicon } from '../../../host-sim/grammar/lexicon';
import { phoneIndex } from '../../../host-sim/grammar/phones';
import { readDictionary } from './dictionary';

const dictionary = readDictionary();

function ways(word: string): string[] {
  const lexicon = createLexicon(dictionary, new Map());
  return lexicon.pronunciationsOf(word).map((way) => way.map((choices) => choices.join('|')).join(' '));
}

test('takes pronunciations from the dictionary, without stress', () => {
  expect(ways('kitchen')).toEqual(['K IH CH AH N']);
});

test('allows what running speech does to short words and to t', () => {
  expect(ways('the')).toEqual(['DH AH', 'DH IY']);
  expect(ways('and')).toContain('AH N');
  expect(ways('forty')).toEqual(['F AO R T|D IY']);
  expect(ways('coffee')).toContain('K AO|AA F IY');
});

test('lets a p before a weak vowel be a b', () => {
  expect(ways('triple')).toEqual(['T R IH P|B AH L']);
  expect(ways('purple')).toEqual(['P ER P|B AH L']);
});

test('says every variant of a word once', () => {
  for (const word of ['either', 'a', 'coffee', 'minutes'])
    expect(new Set(ways(word)).size).toBe(ways(word).length);
});

test.each([
  ['fendrick', 'F EH N D R IH K'],
  ['blip', 'B L IH P'],
  ['knight', 'N AY T'],
  ['zorphing', 'Z AO R F IH NG'],
  ['glane', 'G L EY N'],
  ['tooshy', 'T UW SH IY'],
])('guesses the sound of "%s" from its letters', (word, phones) => {
  expect(
    soundsOfLetters(word)
      .map((phone) => phone.replace(/\d/, ''))
      .join(' '),
  ).toBe(phones);
});

test('keeps the sound of a known word in its possessive and in its compounds', () => {
  expect(ways("kitchen's")).toEqual(['K IH CH AH N Z']);
  expect(ways('kitchen-light')).toEqual(['K IH CH AH N L AY T']);
});

test('guesses only phones that there are, for any word', () => {
  for (const word of ['œuvre', 'naïve', 'rhythm', 'xylophone', 'queueing', 'pfft', 'ångström']) {
    for (const phone of soundsOfLetters(word)) expect(phoneIndex(phone)).toBeDefined();
  }
});

test('comes near the dictionary for words that it does not look up', () => {
  const words = Object.keys(dictionary).filter((word) => /^[a-z]{4,9}$/.test(word));
  const sample = words.filter((_, index) => index % 97 === 0);
  const plain = (phones: readonly string[]) => phones.map((phone) => phone.replace(/\d/, ''));
  let wrong = 0;
  let all = 0;
  for (const word of sample) {
    const right = plain((dictionary[word] ?? '').split(' '));
    wrong += distance(plain(soundsOfLetters(word)), right);
    all += right.length;
  }
  expect(wrong / all).toBeLessThan(0.35);
});

function distance(left: readonly string[], right: readonly string[]): number {
  let row = right.map((_, index) => index + 1);
  left.forEach((phone, i) => {
    let corner = i;
    let before = i + 1;
    row = row.map((up, j) => {
      const best = Math.min(up + 1, before + 1, corner + (phone === right[j] ? 0 : 1));
      corner = up;
      before = best;
      return best;
    });
  });
  return row.at(-1) ?? left.length;
}
