import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';
import { type Recording, readRecording } from './recording';
import { AudioError } from './sound';

/** Inside folders only files with these endings are recordings; a file that is named is always taken at its word. */
const ENDINGS = /\.(wav|wave|flac|ogg|opus|oga)$/i;

/** Stands for a recording that comes through a pipe. */
export const STANDARD_INPUT = '-';

export interface Sources {
  readonly files: readonly string[];
  /** Paths that are not there, or folders without a recording: one line each. */
  readonly complaints: readonly string[];
}

/** The recordings that paths stand for, folders searched through, in alphabetical order within each. */
export function findRecordings(paths: readonly string[]): Sources {
  const files: string[] = [];
  const complaints: string[] = [];
  for (const path of paths) {
    if (path === STANDARD_INPUT) {
      files.push(path);
      continue;
    }
    const kind = statSync(path, { throwIfNoEntry: false });
    if (!kind)
      complaints.push(`${path}: not there; the path of a recording or of a folder of them would be right`);
    else if (!kind.isDirectory()) files.push(path);
    else {
      const found = recordingsIn(path);
      if (found.length === 0)
        complaints.push(`${path}: no recordings in this folder (.wav, .flac, .ogg, .opus)`);
      files.push(...found);
    }
  }
  return { files, complaints };
}

/** A recording as the ear takes it. @throws Problem naming the file */
export async function readRecordingFile(path: string): Promise<Recording> {
  const bytes = path === STANDARD_INPUT ? readFileSync(0) : readNamedFile(path, 'a recording');
  try {
    return await readRecording(bytes);
  } catch (error) {
    throw error instanceof AudioError ? new Problem(`${path}: ${error.message}`) : error;
  }
}

function recordingsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ENDINGS.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) // links to files are followed
    .sort();
}
