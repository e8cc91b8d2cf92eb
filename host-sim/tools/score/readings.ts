/** Sentences of a table, spoken: one recording a voice and line. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';
import { readSaidTable, type Said } from '../../grammar/said-table';
import { ROOT } from '../../packages/root';

export interface Reading extends Said {
  /** The folder's name. */
  readonly voice: string;
  readonly path: string;
}

/** Where `npm run models:train -- read` puts what it speaks. */
export const READINGS = join(ROOT, 'models', 'train', 'cache', 'read');

/** All lines by all voices of the folder, which has a folder for each; in ours, what is lacking is spoken first, where
 * training is installed. @throws Problem when a line is spoken by nobody, or the table is none */
export function readingsOf(tables: readonly string[], folder = READINGS): Reading[] {
  const lines = tables.flatMap((table) =>
    readSaidTable(table, readNamedFile(table, 'a table').toString('utf8')),
  );
  if (folder === READINGS && existsSync(join(ROOT, '.venv-train', 'installed'))) speak(tables);
  const voices = existsSync(folder) ? voicesIn(folder) : [];
  const readings = lines.flatMap((line) => readingsOfLine(line, folder, voices));
  const silent = lines.find(({ text }) => !readings.some((reading) => reading.text === text));
  if (silent === undefined) return readings;
  throw new Problem(
    `no recording of “${silent.text}” in ${folder}: VOICE/${fileName(silent.text)} would be right, and ` +
      `npm run models:train -- read ${tables.join(' ')} makes such`,
  );
}

function speak(tables: readonly string[]): void {
  const command = [join(ROOT, 'models', 'train', 'run.mjs'), 'read', ...tables];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status !== 0) throw new Problem(`speaking ${tables.join(', ')}: ${stderr.trim().split('\n').at(-1)}`);
}

function voicesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

function readingsOfLine(line: Said, folder: string, voices: readonly string[]): Reading[] {
  return voices.flatMap((voice) => {
    const path = join(folder, voice, fileName(line.text));
    return existsSync(path) ? [{ ...line, voice, path }] : [];
  });
}

/** As models/train/voices/read_aloud.py names it. */
function fileName(text: string): string {
  return `${text.toLowerCase().replaceAll("'", '').trim().split(/\s+/).join('-')}.wav`;
}
