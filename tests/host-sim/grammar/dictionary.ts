import { readFileSync } from 'node:fs';
import type { PronouncingDictionary } from '../../../host-sim/grammar/lexicon';

/** The dictionary's file is an ES module, which jest's own loader does not read: take the entries from its text. */
export function readDictionary(): PronouncingDictionary {
  const text = readFileSync(require.resolve('cmu-pronouncing-dictionary'), 'utf8');
  const entries = [...text.matchAll(/^ {2}"([^"]+)": "([^"]+)",?$/gm)];
  return Object.fromEntries(entries.map(([, word, phones]) => [word, phones]));
}
