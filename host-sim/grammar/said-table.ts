import type { Command } from '../../firmware/core/command';
import { Problem } from '../cli/problem';

/** One line of a table of sentences: what kind it is, the words, and what they should mean. */
export interface Said {
  readonly kind: string;
  readonly text: string;
  /** `intent slot=value …`, the slots by name, or `none` where nothing should be done. */
  readonly meaning: string;
}

export const NO_MEANING = 'none';

/** Reads `kind`, `text` and `meaning`, parted by tabs, a headline first. @throws Problem by line */
export function readSaidTable(file: string, content: string): Said[] {
  const [head, ...lines] = content.split(/\r?\n/);
  if (head !== 'kind\ttext\tmeaning')
    throw new Problem(`${file}:1: '${head}'; a headline of kind, text and meaning, parted by tabs, is right`);
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const [kind, text, meaning, ...more] = line.split('\t');
    if (kind === undefined || !text || !meaning || more.length > 0)
      throw new Problem(`${file}:${index + 2}: '${line}'; kind, text and meaning, parted by tabs, are right`);
    return [{ kind, text, meaning: normalMeaning(meaning) }];
  });
}

/** A command as it stands in a table. */
export function meaningOfCommand({ intent, slots }: Pick<Command, 'intent' | 'slots'>): string {
  const written = Object.entries(slots).map(([name, value]) => `${name}=${value}`);
  return [intent, ...written.sort()].join(' ');
}

/** Values may have spaces in them: a slot begins where a word has an equals sign. */
function normalMeaning(meaning: string): string {
  const [intent = '', ...slots] = meaning.trim().split(/\s+(?=\w+=)/);
  return [intent, ...slots.sort()].join(' ');
}
