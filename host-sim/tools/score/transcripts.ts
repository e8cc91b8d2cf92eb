import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { readNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';
import { recordingsIn } from './sounds';

/** Whose voices: never both in one figure, as what is right for machines' says nothing of people. */
export const VOICES = ['people', 'made'] as const;
export type Voices = (typeof VOICES)[number];

/** A recording of which is known what is said in it. */
export interface Transcribed {
  readonly path: string;
  readonly words: readonly string[];
  readonly corpus: string;
  /** Within the corpus; undefined where nobody knows. */
  readonly talker: string | undefined;
  /** `train`, `dev`: what a model may have been taught with; '' where nobody says. */
  readonly split: string;
  readonly ageYears: number | undefined;
  readonly voices: Voices | undefined;
}

const TABLE = 'people.tsv';
const NEEDED = ['file', 'speaker', 'text'];

/** What a folder's people.tsv lists, or else the recordings that have a .txt beside them. @throws Problem */
export function transcribedIn(folder: string): Transcribed[] {
  const table = join(folder, TABLE);
  if (existsSync(table)) return rowsOf(table);
  const found = recordingsIn([folder]).flatMap((path) => besideText(path));
  if (found.length > 0) return found;
  throw new Problem(`${folder}: neither a ${TABLE} nor a .txt with the words beside any recording`);
}

/** All of one kind. @throws Problem when nobody says which, or both are among them */
export function voicesOf(recordings: readonly Transcribed[], option: string | undefined): Voices {
  const told = VOICES.find((each) => each === option);
  if (option !== undefined && told === undefined)
    throw new Problem(`--voices '${option}': people or made would be right`);
  const kinds = new Set(recordings.map(({ voices }) => voices ?? told));
  if (kinds.size > 1 || (told !== undefined && !kinds.has(told)))
    throw new Problem("people's voices and made ones are among the recordings: score them apart");
  const [kind] = kinds;
  if (kind !== undefined) return kind;
  throw new Problem('nobody says whose voices these are: --voices people or --voices made would be right');
}

function rowsOf(table: string): Transcribed[] {
  const [heading = '', ...lines] = readNamedFile(table, 'a table').toString('utf8').trimEnd().split(/\r?\n/);
  const names = heading.split('\t');
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Problem(`${table}: its first line names no column ${missing.join(', ')}`);
  return lines.map((line, index): Transcribed => {
    const fields = line.split('\t');
    const field = (name: string): string => fields[names.indexOf(name)]?.trim() ?? '';
    const where = `${table}, line ${index + 2}`;
    return {
      path: join(dirname(table), field('file')),
      words: wordsOf(field('text'), where),
      corpus: field('corpus') || basename(dirname(resolve(table))),
      talker: field('speaker') || undefined,
      split: field('split'),
      ageYears: yearsIn(field('age'), where),
      voices: voicesIn(field('voices') || 'people', where),
    };
  });
}

function yearsIn(text: string, where: string): number | undefined {
  if (text === '') return undefined;
  const years = Number(text);
  if (years >= 0) return years;
  throw new Problem(`${where}: "age" is '${text}'; a number of years would be right`);
}

function voicesIn(text: string, where: string): Voices {
  const voices = VOICES.find((each) => each === text);
  if (voices === undefined)
    throw new Problem(`${where}: "voices" is '${text}'; people or made would be right`);
  return voices;
}

function besideText(path: string): Transcribed[] {
  const text = `${path.slice(0, -extname(path).length)}.txt`;
  if (!existsSync(text)) return [];
  const words = wordsOf(readFileSync(text, 'utf8'), text);
  const corpus = basename(dirname(resolve(path)));
  return [{ path, words, corpus, talker: undefined, split: '', ageYears: undefined, voices: undefined }];
}

/** @throws Problem where a number is not written as it is said */
function wordsOf(text: string, where: string): string[] {
  if (/\d/.test(text)) throw new Problem(`${where}: '${text.trim()}': numbers are to be written as words`);
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}']+/gu) ?? [];
  if (words.length === 0) throw new Problem(`${where}: there are no words`);
  return words;
}
