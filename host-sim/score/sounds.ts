import { readFileSync } from 'node:fs';
import { readRecording } from '../audio/recording';
import { AudioError } from '../audio/sound';
import { findRecordings } from '../audio/sources';
import { Problem } from '../command-line/problem';

/** A recording as the ear takes it. @throws Problem naming the file */
export async function readSound(path: string): Promise<Int16Array> {
  try {
    return (await readRecording(readFileSync(path))).pcm;
  } catch (error) {
    const isKnown = error instanceof AudioError || (error as NodeJS.ErrnoException).code !== undefined;
    throw isKnown ? new Problem(`${path}: ${(error as Error).message}`) : error;
  }
}

/** @throws Problem when a path is not there or a folder has no recordings */
export function recordingsIn(paths: readonly string[]): string[] {
  const { files, complaints } = findRecordings(paths);
  if (complaints[0] !== undefined) throw new Problem(complaints[0]);
  return [...files];
}
