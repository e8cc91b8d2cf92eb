import * as v from '@badrap/valita';
import { parseDocument } from 'yaml';
import type { HomeMap } from '../../firmware/core/home-map';
import { readNamedFile } from '../cli/files';
import { Problem } from '../cli/problem';
import { checked, list, matching, object, record, text } from './schema';

const slots = record(/^\w+$/, v.union(v.string(), v.number()));
/** Topics are said in full: a wildcard is for listeners. */
const topic = matching(/^[^+#\0]+$/, 'a topic without + and #');
const word = matching(/^\w+$/, 'a word');

const SCHEMA = object({
  actions: list(object({ for: word, when: slots.optional(), topic, send: text })),
  states: list(object({ about: slots, topic, field: word.optional(), on: text, off: text })).optional(),
});

/** Reads an owner's map of the home. @throws Problem that says what is wrong, where, and what would be right */
export function readHomeFile(path: string): HomeMap {
  const document = parseDocument(readNamedFile(path, 'a map of a home').toString('utf8'));
  const [error] = document.errors;
  if (error) throw new Problem(`${path}: ${error.message.split('\n')[0]}`);
  const { actions, states = [] } = checked(SCHEMA, document.toJS(), `${path}: `);
  return { actions, states };
}
