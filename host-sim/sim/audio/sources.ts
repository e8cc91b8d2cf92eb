import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../cli/problem';
import { openAnyRecording } from './any-recording';
import type { ChannelChoice } from './channels';
import { fileSource } from './file-source';
import { type OpenRecording, type Recording, wholeRecording } from './recording';
import { AudioError } from './sound';
import { STANDARD_INPUT } from './source';

/** Inside folders only files with these endings are recordings; a file that is named is always taken at its word. */
const ENDINGS =
  /\.(wav|wave|bwf|rf64|w64|flac|ogg|oga|opus|mp3|m4a|aac|caf|aif|aiff|aifc|au|amr|3gp|webm|mka|wma)$/i;

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
        complaints.push(`${path}: no recordings in this folder (.wav, .flac, .ogg, .opus, .mp3, .m4a …)`);
      files.push(...found);
    }
  }
  return { files, complaints };
}

/** Opens a recording as the ear takes it; `-` is the standard input. @throws Problem naming the file */
export async function openRecordingFile(path: string, choice?: ChannelChoice): Promise<OpenRecording> {
  return naming(path, () => openAnyRecording(fileSource(path), choice));
}

/** A whole recording. @throws Problem naming the file */
export async function readRecordingFile(path: string, choice?: ChannelChoice): Promise<Recording> {
  return wholeRecording(await openRecordingFile(path, choice));
}

async function naming<T>(path: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
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
