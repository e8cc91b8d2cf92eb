import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageFile } from '../../../firmware/dashboard/ports';

export const PAGE_FOLDER = fileURLToPath(new URL('../../../firmware/dashboard/page', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the page by their names; nothing else of the disk has one. */
export function pageFiles(): (name: string) => PageFile | undefined {
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(PAGE_FOLDER)) {
    const type = TYPES[extname(name)];
    if (type) files.set(name, { type, text: readFileSync(join(PAGE_FOLDER, name), 'utf8') });
  }
  return (name) => files.get(name);
}
