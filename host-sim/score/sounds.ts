import { findRecordings, readRecordingFile } from '../audio/sources';
import { Problem } from '../command-line/problem';

/** A recording as the ear takes it. @throws Problem naming the file */
export async function readSound(path: string): Promise<Int16Array> {
  return (await readRecordingFile(path)).pcm;
}

/** @throws Problem when a path is not there or a folder has no recordings */
export function recordingsIn(paths: readonly string[]): string[] {
  const { files, complaints } = findRecordings(paths);
  if (complaints[0] !== undefined) throw new Problem(complaints[0]);
  return [...files];
}
