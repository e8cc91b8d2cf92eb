import { Problem } from '../../cli/problem';
import type { ChannelChoice } from '../../sim/audio/channels';
import { findRecordings, openRecordingFile, readRecordingFile } from '../../sim/audio/sources';

/** So many talk before words: more would only take memory. */
const TALKERS = 40;

/** A recording as the ear takes it. What is missing from it is said, so that no figure stands on half of it unnoticed.
 * @throws Problem naming the file */
export async function readSound(path: string, channel?: ChannelChoice): Promise<Int16Array> {
  const { pcm, shortfall } = await readRecordingFile(path, channel);
  if (shortfall !== undefined) console.error(`earshot: ${path}: ${shortfall}; counted as far as it goes`);
  return pcm;
}

/** Those of several files, by path. @throws Problem naming the file */
export async function readSounds(paths: readonly string[]): Promise<Map<string, Int16Array>> {
  const sounds = new Map<string, Int16Array>();
  for (const path of paths) sounds.set(path, sounds.get(path) ?? (await readSound(path)));
  return sounds;
}

/** Of recordings of talk at most TALKERS, from all over them. @throws Problem as recordingsIn */
export function talkIn(paths: readonly string[]): string[] {
  const found = paths.length > 0 ? recordingsIn(paths) : [];
  const count = Math.min(found.length, TALKERS);
  return Array.from({ length: count }, (_, i) => found[Math.floor((i * found.length) / count)] as string);
}

/** @throws Problem when a path is not there or a folder has no recordings */
export function recordingsIn(paths: readonly string[]): string[] {
  const { files, complaints } = findRecordings(paths);
  if (complaints[0] !== undefined) throw new Problem(complaints[0]);
  return [...files];
}

/** A score of what could be read says by this exit code that something could not. */
const LEFT_OUT = 2;

export interface Readable {
  readonly paths: readonly string[];
  readonly exitCode: 0 | typeof LEFT_OUT;
}

/** Those of some recordings that can be read; each other one is named on stderr with why, and left out, so that one bad
 * file does not cost the figure of the others. @throws Problem when none can be read */
export async function readable(paths: readonly string[], channel?: ChannelChoice): Promise<Readable> {
  const problems = new Map<string, Problem>();
  for (const path of new Set(paths)) {
    try {
      await openRecordingFile(path, channel);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.set(path, error);
    }
  }
  const left = paths.filter((path) => !problems.has(path));
  const [first] = problems.values();
  if (first && left.length === 0) throw first;
  for (const { message } of problems.values()) console.error(`earshot: ${message}; left out`);
  return { paths: left, exitCode: first ? LEFT_OUT : 0 };
}
