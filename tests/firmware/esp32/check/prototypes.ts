import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SMALL_HEADERS } from './kits';

/** Writes C that has the real headers and then every prototype of the small ones again, a file for each small header: the
 * compiler complains where the two differ. Returns the paths. */
export function writePrototypesAgain(scratch: string): string[] {
  const headers = readdirSync(SMALL_HEADERS, { recursive: true, encoding: 'utf8' });
  return headers
    .filter((header) => header.endsWith('.h') && !header.startsWith('tensorflow'))
    .map((header) => {
      const path = join(scratch, `${header.replaceAll(/\W/g, '_')}.c`);
      writeFileSync(path, again(header));
      return path;
    });
}

function again(header: string): string {
  const before = basename(header) === 'xsHost.h' ? 'xsmc.h' : 'freertos/FreeRTOS.h';
  const declarations = prototypes(readFileSync(join(SMALL_HEADERS, header), 'utf8')).map(
    ({ name, declaration }) => `#ifndef ${name}\n${declaration}\n#endif\n`,
  );
  return `#include "${before}"\n#include "${header}"\n${declarations.join('')}`;
}

function prototypes(header: string): { readonly name: string; readonly declaration: string }[] {
  const text = header.replaceAll(/^#.*(?:\\\n.*)*/gm, '');
  const found = text.matchAll(/^((?:__attribute__\S+ )?[a-zA-Z][\w *]*?\b(\w+)\([^{}]*?\);)/gm);
  return [...found]
    .map(([, declaration = '', name = '']) => ({ name, declaration }))
    .filter(({ declaration }) => !declaration.includes('typedef'));
}
