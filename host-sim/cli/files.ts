import { appendFileSync, closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { isJsonObject } from './json-object';
import { Problem } from './problem';

/** Reads a file that a person has named. `right` says what would be: `a grammar`. @throws Problem */
export function readNamedFile(path: string, right: string): Buffer {
  return fileProblems(path, `the path of ${right} would be right`, () => readFileSync(path));
}

/** Opens a file that a person has named, to be read piece by piece. Returns its descriptor. @throws Problem */
export function openNamedFile(path: string, right: string): number {
  return fileProblems(path, `the path of ${right} would be right`, () => {
    const file = openSync(path, 'r');
    if (!fstatSync(file).isDirectory()) return file;
    closeSync(file); // a folder can be opened, but not read
    throw Object.assign(new Error(path), { code: 'EISDIR' });
  });
}

/** An object in a JSON file that a person has named. `what` it should be: `a manifest`. @throws Problem */
export function readJsonObject(path: string, what: string): Record<string, unknown> {
  const text = readNamedFile(path, what).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // it quotes the file, which may be no text at all
    const reason = (error as Error).message.replace(/[^\x20-\x7e]+/g, '…');
    throw new Problem(`${path}: not JSON (${reason}); ${what} would be right`);
  }
  if (isJsonObject(value)) return value;
  throw new Problem(`${path}: not a JSON object; ${what} would be right`);
}

/** @throws Problem */
export function writeNamedFile(path: string, content: string | Uint8Array): void {
  fileProblems(path, RIGHT_TO_WRITE, () => writeFileSync(path, content));
}

/** Makes the file where there is none; one that is there stays as it is. @throws Problem */
export function checkWritable(path: string): void {
  fileProblems(path, RIGHT_TO_WRITE, () => appendFileSync(path, ''));
}

const RIGHT_TO_WRITE = 'a file in a folder that is there would be right';

function fileProblems<T>(path: string, right: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) throw error;
    throw new Problem(
      Object.values(WRONG_PATH).includes(reason) ? `${path}: ${reason}; ${right}` : `${path}: ${reason}`,
    );
  }
}

/** Here another path would be right. */
const WRONG_PATH = { ENOENT: 'not there', ENOTDIR: 'not there', EISDIR: 'a folder' };

const REFUSALS: Readonly<Record<string, string>> = {
  ...WRONG_PATH,
  EACCES: 'this user may not open it',
  EPERM: 'this user may not open it',
  EROFS: 'what it lies on cannot be written to',
  ENOSPC: 'the disk is full',
};

/** In plain words why the file system refuses; undefined for what no person can put right, and for all other errors. */
export function refusalOf(error: unknown): string | undefined {
  return REFUSALS[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];
}
