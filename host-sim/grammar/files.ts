import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dictionary } from 'cmu-pronouncing-dictionary';
import { type CompiledGrammar, compileGrammar } from './compile';
import type { ImportResolver } from './grammar';

/** Compiles a grammar file of this machine with the dictionary that comes with the project. */
export function compileGrammarFile(file: string): CompiledGrammar {
  return compileGrammar({ file, text: readFileSync(file, 'utf8') }, dictionary, besideImporter);
}

const besideImporter: ImportResolver = (path, importer) => {
  const file = join(dirname(importer), path);
  return existsSync(file) ? { file, text: readFileSync(file, 'utf8') } : undefined;
};
