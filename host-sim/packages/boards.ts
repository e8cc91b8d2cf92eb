import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonObject } from '../cli/files';
import { Problem } from '../cli/problem';
import { pinProblems } from './board-pins';
import {
  type BoardConfiguration,
  boardShape,
  type PeripheralDescription,
  peripheralShape,
} from './board-shape';
import { checked } from './schema';

/** What the simulator needs to know of a board. */
export interface Board {
  readonly name: string;
  readonly ringPixels: number;
  readonly configuration: BoardConfiguration;
}

export const BOARDS = fileURLToPath(new URL('../../boards', import.meta.url));
export const DEFAULT_BOARD = 'esp32-s3-devkitc';

/** Reads the manifest of `boards/<name>`, or of a folder elsewhere by its path. Throws Problem naming the boards that there
 * are, or what is wrong with this. */
export function loadBoard(nameOrPath: string, boardsFolder: string): Board {
  const folder = resolve(/[\\/]/.test(nameOrPath) ? '.' : boardsFolder, nameOrPath);
  const name = basename(folder);
  const path = join(folder, 'manifest.json');
  // mcconfig makes the names of boards lower case
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || !existsSync(path)) {
    throw new Problem(
      `no board '${nameOrPath}': there is ${boardNames(boardsFolder).join(', ') || 'none'} in ${boardsFolder}; ` +
        'or give the path of a folder with a manifest.json, its name in lower case',
    );
  }
  const { config } = readJsonObject(path, 'a manifest') as { config?: { board?: unknown } };
  const configuration = checkBoard(config?.board, path);
  for (const { name } of configuration.peripherals ?? []) loadPeripheral(name, boardsFolder);
  return { name, ringPixels: configuration.ring.pixels, configuration };
}

/** Throws Problem, which names the file at `path`. */
export function checkBoard(board: unknown, path: string): BoardConfiguration {
  const configuration = checked(boardShape, board, `${path}: config.board`);
  const { ring, peripherals, i2c, mic } = configuration;
  const problems = [
    ...pinProblems(configuration),
    ...(ring.first < ring.pixels ? [] : [`ring.first is ${ring.first} of ${ring.pixels} pixels`]),
    ...((ring.led === 'apa102') === (ring.clock !== undefined) ? [] : ['ring.clock is for apa102 alone']),
    ...((mic.bus === 'i2s') === (mic.select !== undefined) ? [] : ['mic.select is for the bus i2s alone']),
    ...(peripherals && !i2c ? ['peripherals need i2c'] : []),
  ];
  if (problems.length > 0) throw new Problem(`${path}: config.board: ${problems.join('; ')}`);
  return configuration;
}

/** Reads `boards/peripherals/<name>.json`. Throws Problem. */
export function loadPeripheral(name: string, boardsFolder: string): PeripheralDescription {
  const path = join(boardsFolder, 'peripherals', `${name}.json`);
  if (!existsSync(path)) throw new Problem(`no peripheral '${name}': ${path} does not exist`);
  const { config } = readJsonObject(path, 'a manifest') as {
    config?: { peripherals?: Record<string, unknown> };
  };
  return checked(peripheralShape, config?.peripherals?.[name], `${path}: config.peripherals.${name}`);
}

export function boardNames(boardsFolder: string): string[] {
  if (!existsSync(boardsFolder)) return [];
  return readdirSync(boardsFolder)
    .filter((name) => existsSync(join(boardsFolder, name, 'manifest.json')))
    .sort();
}
