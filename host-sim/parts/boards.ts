import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../command-line/problem';

/** What the simulator needs to know of a board. */
export interface Board {
  readonly name: string;
  readonly ringPixels: number;
}

export const DEFAULT_BOARD = 'esp32-s3-devkitc';

/** Reads `boards/<name>/manifest.json`. Throws Problem naming the boards that there are. */
export function loadBoard(name: string, boardsFolder: string): Board {
  const path = join(boardsFolder, name, 'manifest.json');
  if (!/^[\w-]+$/.test(name) || !existsSync(path)) {
    throw new Problem(
      `no board '${name}': there is ${boardNames(boardsFolder).join(', ') || 'none'} in ${boardsFolder}`,
    );
  }
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    config?: { board?: { ring?: { pixels?: unknown } } };
  };
  const ringPixels = manifest.config?.board?.ring?.pixels;
  if (typeof ringPixels !== 'number')
    throw new Problem(`${path}: config.board.ring.pixels must be the number of LEDs`);
  return { name, ringPixels };
}

function boardNames(boardsFolder: string): string[] {
  if (!existsSync(boardsFolder)) return [];
  return readdirSync(boardsFolder)
    .filter((name) => existsSync(join(boardsFolder, name, 'manifest.json')))
    .sort();
}
