import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dictionary } from 'cmu-pronouncing-dictionary';
import { readNamedFile } from '../cli/files';
import { blaming, Problem } from '../cli/problem';
import { type CompiledGrammar, compileGrammar, type OpenGrammar, openGrammar } from './compile';
import type { GrammarSource, ImportResolver } from './grammar';

/** Compiles a grammar file of this machine with the dictionary that comes with the project. @throws GrammarError;
 * Problem when the file cannot be read, or holds more than fits a graph */
export function compileGrammarFile(file: string): CompiledGrammar {
  const source = read(file);
  return blaming(file, () => compileGrammar(source, dictionary, besideImporter));
}

/** Reads a grammar file of this machine for what it makes of text. @throws as `compileGrammarFile` */
export function openGrammarFile(file: string): OpenGrammar {
  return openGrammar(read(file), dictionary, besideImporter);
}

function read(file: string): GrammarSource {
  const text = readNamedFile(file, 'a grammar').toString('utf8');
  if (text.includes('\0')) throw new Problem(`${file}: not text; a grammar would be right`);
  return { file, text };
}

const besideImporter: ImportResolver = (path, importer) => {
  const file = join(dirname(importer), path);
  return existsSync(file) ? read(file) : undefined;
};
