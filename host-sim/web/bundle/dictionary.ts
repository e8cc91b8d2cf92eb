/** The pronouncing dictionary for the page: three quarters smaller than as text. Words in order, each without what it begins
 * with as the one before does; then their sounds, a letter a phone. Of stress only its absence is kept, which is all that
 * `grammar/lexicon.ts` asks for. */
import { PHONES } from '../../grammar/phones';
import { letterOf, MOST_SHARED } from '../dictionary-form';

export function packDictionary(dictionary: Readonly<Record<string, string>>): string {
  const words: string[] = [];
  const sounds: string[] = [];
  let last = '';
  for (const word of Object.keys(dictionary).sort()) {
    const [listed = ''] = (dictionary[word] as string).split(' #'); // behind it stands a remark
    let shared = 0;
    while (shared < MOST_SHARED && shared < word.length && word[shared] === last[shared]) shared++;
    words.push(shared.toString(36) + word.slice(shared));
    sounds.push(listed.trim().split(' ').map(packed).join(''));
    last = word;
  }
  return `${words.join('\n')}\n\n${sounds.join('\n')}`;
}

function packed(phone: string): string {
  const index = PHONES.indexOf(phone.replace(/\d$/, '') as (typeof PHONES)[number]);
  if (index < 0) throw new RangeError(`'${phone}' is no phone`);
  return letterOf(index) + (phone.endsWith('0') ? '0' : '');
}
