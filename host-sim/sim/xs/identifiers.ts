import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifiersIn } from '../../tools/board/identifiers';

/** Writes the `mc.xs.h` that the SDK's linker would make for these sources into a folder. A name gets its number when it is
 * asked for.
 * @param machine C for the machine that is asked */
export function writeIdentifiers(folder: string, sources: readonly string[], machine: string): void {
  const text = sources.map((path) => readFileSync(path, 'utf8')).join('');
  const names = identifiersIn(text).map((name) => `#define xsID_${name} fxID(${machine}, "${name}")`);
  const declaration = machine === 'the' ? [] : [`extern xsMachine *${machine};`];
  mkdirSync(folder, { recursive: true });
  const header = join(folder, 'mc.xs.h');
  const unfinished = `${header}.${randomUUID()}`;
  writeFileSync(unfinished, ['#pragma once', '#include "xsmc.h"', ...declaration, ...names, ''].join('\n'));
  renameSync(unfinished, header); // in one step: another process may be building the same
}
