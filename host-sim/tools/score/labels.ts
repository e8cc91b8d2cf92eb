import { existsSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Command } from '../../../firmware/core/command';
import type { SlotValue } from '../../../firmware/core/ports';
import { readJsonObject } from '../../cli/files';
import { Problem } from '../../cli/problem';

/** What a recording says, as far as its label tells: intent and slots, or the words. */
export interface Label {
  readonly intent?: string;
  readonly slots?: Readonly<Record<string, string | number>>;
  readonly words?: string;
}

export type Labels = (recording: string) => Label | undefined;

/** What a recording's label may be. */
export const WORDS_BESIDE = 'a .txt with its words beside it';

/** The recordings that have a label, with it. `right` is where one is looked for. @throws Problem when there is none */
export function labelled(
  recordings: readonly string[],
  labels: Labels,
  right: string,
): { readonly path: string; readonly label: Label }[] {
  const found = recordings.flatMap((path) => {
    const label = labels(path);
    return label ? [{ path, label }] : [];
  });
  if (found.length > 0) return found;
  throw new Problem(`${recordings[0]}, like all others, has no label: ${right} would be right`);
}

/** Labels from one JSON file, `{"name": {"intent": …, "slots": {…}}}` by the recordings' names without ending. */
export function labelsOfFile(path: string): Labels {
  const byName = readJsonObject(path, 'a file of labels') as Readonly<Record<string, Label>>;
  return (recording) => byName[basename(recording, extname(recording))];
}

/** Labels from text files that lie beside the recordings and hold the words. */
export const labelsBeside: Labels = (recording) => {
  const path = `${recording.slice(0, -extname(recording).length)}.txt`;
  return existsSync(path) ? { words: normalWords(readFileSync(path, 'utf8')) } : undefined;
};

/** A slot, the intent or the words that are not as the label says; '' where there is none. */
export interface Difference {
  readonly name: string;
  readonly wanted: string;
  readonly heard: string;
}

/** What differs: empty when the command is the labelled one, whole. */
export function differences(label: Label, heard: Command): Difference[] {
  const compare = (name: string, wanted: string, found: string): Difference[] =>
    wanted === found ? [] : [{ name, wanted, heard: found }];
  if (label.words !== undefined) return compare('words', label.words, normalWords(heard.words));
  const names = new Set([...Object.keys(label.slots ?? {}), ...Object.keys(heard.slots)]);
  const slots = [...names].flatMap((name) =>
    compare(name, plain(label.slots?.[name]), plain(heard.slots[name])),
  );
  return [...compare('intent', label.intent ?? '', heard.intent), ...slots];
}

function plain(value: SlotValue | undefined): string {
  return value === undefined ? '' : normalWords(String(value));
}

/** Without capitals and punctuation; "whats" is "what's". */
function normalWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z0-9 ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
