import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../../cli/problem';
import { type Partition, partitionNamed } from './partitions';

/** A file of a build and where in the flash it belongs. */
export interface ImagePiece {
  readonly name: string;
  readonly address: number;
  readonly data: Uint8Array;
}

/** Where the chip's ROM looks for its boot loader, and the boot loader for the partition table. */
const BOOT_LOADER_ADDRESS = 0x0;
const PARTITION_TABLE_ADDRESS = 0x8000;

const FIRMWARE = 'xs_esp32.bin';
const MAP = 'xs_esp32.map';
const BOOT_LOADER = 'bootloader.bin';
const PARTITION_TABLE = 'partition-table.bin';
/** The file of resources, which the build puts beside the SDK's folders. */
export const RESOURCES = 'resources.bin';
/** Says which slot starts. */
const SLOT_CHOICE = 'ota_data_initial.bin';
/** What a build makes anew: the pieces, the linker's map, and what ESP-IDF makes two pieces from, for it looks at those
 * alone. */
const MADE = [FIRMWARE, BOOT_LOADER, PARTITION_TABLE, SLOT_CHOICE, MAP, 'xs_esp32.elf', 'bootloader.elf'];
const ERASED = 0xff;
const SECTOR_BYTES = 4096;

/** The pieces of the build below `outputFolder`, by address. Undefined when nothing is built there. Throws Problem when
 * the build is not whole or something does not fit. */
export function readImage(outputFolder: string, partitions: readonly Partition[]): ImagePiece[] | undefined {
  const folder = folderOf(FIRMWARE, outputFolder);
  if (!folder) return undefined;
  const slot = partitionNamed(partitions, 'ota_0');
  const pieces = [
    { name: BOOT_LOADER, address: BOOT_LOADER_ADDRESS },
    { name: PARTITION_TABLE, address: PARTITION_TABLE_ADDRESS },
    { name: FIRMWARE, address: slot.offset },
    // without it one that was written earlier would go on being obeyed
    { name: SLOT_CHOICE, address: partitionNamed(partitions, 'otadata').offset },
  ].map(({ name, address }) => ({ name, address, data: readPiece(join(folder, name)) }));
  const firmware = pieces.find(({ name }) => name === FIRMWARE)?.data.length ?? 0;
  if (firmware > slot.size)
    throw new Problem(`the firmware has ${firmware} bytes; its slot has ${slot.size}`);
  return [...pieces, ...resourcePieces(readPiece(join(outputFolder, RESOURCES)), partitions)].sort(
    (a, b) => a.address - b.address,
  );
}

/** The file in the first place, and nothing in the second, where there is one: what was newer there would be obeyed. */
function resourcePieces(data: Uint8Array, partitions: readonly Partition[]): ImagePiece[] {
  const place = partitionNamed(partitions, 'resources_a');
  if (data.length > place.size)
    throw new Problem(`the resources have ${data.length} bytes; their place has ${place.size}`);
  const other = partitions.find(({ name }) => name === 'resources_b');
  const empty = new Uint8Array(SECTOR_BYTES).fill(ERASED);
  return [
    { name: RESOURCES, address: place.offset, data },
    ...(other ? [{ name: 'resources_b, emptied', address: other.offset, data: empty }] : []),
  ];
}

/** The linker's map of the build below `outputFolder`. Throws Problem when it is missing. */
export function readMap(outputFolder: string): string {
  const folder = folderOf(MAP, outputFolder);
  if (!folder) throw new Problem(`${MAP} is missing below ${outputFolder}: the build did not end well`);
  return readFileSync(join(folder, MAP), 'utf8');
}

/** One file to be written at address 0, with what lies between the pieces as erased flash reads. */
export function mergeImage(pieces: readonly ImagePiece[]): Uint8Array {
  const end = Math.max(...pieces.map(({ address, data }) => address + data.length));
  const merged = new Uint8Array(end).fill(ERASED);
  for (const { address, data } of pieces) merged.set(data, address);
  return merged;
}

function readPiece(path: string): Uint8Array {
  if (!existsSync(path)) throw new Problem(`${path} is missing: the build did not end well`);
  return new Uint8Array(readFileSync(path));
}

/** Removes what an earlier build has made below `outputFolder`, so that whatever is there after the next one is new. The
 * SDK's makefile goes on when ESP-IDF fails, and takes what it finds. */
export function removeImage(outputFolder: string): void {
  rmSync(join(outputFolder, RESOURCES), { force: true });
  for (const kind of ['bin', 'tmp']) {
    const folder = join(outputFolder, kind, 'esp32');
    if (!existsSync(folder)) continue;
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (MADE.includes(basename(path))) rmSync(join(folder, path));
  }
}

/** mcconfig puts what it has built below `bin`, in folders named after platform, board, mode and project. */
function folderOf(name: string, outputFolder: string): string | undefined {
  const bin = join(outputFolder, 'bin');
  if (!existsSync(bin)) return undefined;
  const found = readdirSync(bin, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(name));
  return found === undefined ? undefined : join(bin, found, '..');
}
