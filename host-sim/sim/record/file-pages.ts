import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Pages } from '../../../firmware/record/ports';
import { Problem } from '../../cli/problem';
import { MemoryPages, RECORD_SECTORS, SECTOR_BYTES } from './memory-pages';

/** A file that holds what a chip's partition for the record would. */
export interface RecordFile {
  readonly bytes: Uint8Array;
  readonly pages: Pages;
  /** Puts what a chip's partition held in the end in its place. */
  replace(bytes: Uint8Array): void;
}

/** It is made where there is none. @throws Problem when the file is of another size */
export function recordFile(path: string): RecordFile {
  const byteLength = RECORD_SECTORS * SECTOR_BYTES;
  const bytes = new Uint8Array(byteLength).fill(0xff);
  if (existsSync(path)) {
    const kept = readFileSync(path);
    if (kept.length !== byteLength)
      throw new Problem(`${path}: ${kept.length} bytes; a record of ${byteLength} would be right`);
    bytes.set(kept);
  }
  const memory = new MemoryPages(bytes);
  const save = (): void => writeFileSync(path, bytes);
  save();
  const replace = (other: Uint8Array): void => {
    bytes.set(other);
    save();
  };
  return { bytes, pages: savedPages(memory, save), replace };
}

function savedPages(pages: Pages, save: () => void): Pages {
  return {
    count: pages.count,
    byteLength: pages.byteLength,
    read: (page, offset, into) => pages.read(page, offset, into),
    write: (page, offset, written) => {
      pages.write(page, offset, written);
      save();
    },
    erase: (page) => {
      pages.erase(page);
      save();
    },
  };
}
