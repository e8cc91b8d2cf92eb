import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../cli/problem';
import { BOARDS } from '../../packages/boards';
import { type Partition, readPartitions } from './partitions';

const KIB = 1024;
/** Sizes of flash for which there is a partition table. */
export const FLASH_SIZES_MIB = [8, 16] as const;
/** Where the boot loader and the partition table end. */
const FIRST_PARTITION = 0x9000;

/** What each partition is for. */
const USES: Readonly<Record<string, string>> = {
  nvs: 'settings and what is kept over a power cut',
  phy_init: 'calibration of the radio',
  ota_0: 'firmware',
  ota_1: 'the next firmware',
  otadata: 'which firmware starts',
  coredump: 'reserved; the firmware writes none, as memory holds sound',
  record: 'the record of what was heard and done, its first 128 KiB',
  resources_a: 'models, grammar, hearing',
  resources_b: 'the next models, grammar, hearing',
  answers: 'reserved for spoken answers',
};

/** The partition table of boards with this flash. @throws Problem when there is none */
export function partitionsOf(flashMiB: number): Partition[] {
  const path = join(BOARDS, `partitions-${flashMiB}mib.csv`);
  if (!existsSync(path))
    throw new Problem(`no partition table for ${flashMiB} MiB of flash: ${path} does not exist`);
  return readPartitions(path);
}

/** A row for each part of the flash, which add up to all of it. `takenBytes` says, by partition, what is in use. */
export function flashTable(flashMiB: number, takenBytes: Readonly<Record<string, number>>): string {
  const partitions = partitionsOf(flashMiB);
  const flashBytes = flashMiB * KIB * KIB;
  const kept = partitions.reduce((sum, { size }) => sum + size, FIRST_PARTITION);
  return [
    `**Flash of ${flashMiB} MiB**`,
    '',
    '| partition | KiB | for | taken, bytes |',
    '| --- | --- | --- | --- |',
    row('–', FIRST_PARTITION, 'boot loader and partition table', undefined),
    ...partitions.map(({ name, size }) => row(name, size, USES[name] ?? '', takenBytes[name])),
    row('–', flashBytes - kept, 'free', undefined),
    row('together', flashBytes, '', undefined),
  ].join('\n');
}

function row(name: string, bytes: number, use: string, taken: number | undefined): string {
  const share =
    taken === undefined ? '' : `${taken.toLocaleString('en-GB')}, ${Math.round((taken * 100) / bytes)} %`;
  return `| ${name} | ${(bytes / KIB).toLocaleString('en-GB')} | ${use} | ${share} |`;
}

/** Every partition that is too small for what is in it, a sentence each. */
export function flashExcesses(flashMiB: number, takenBytes: Readonly<Record<string, number>>): string[] {
  return partitionsOf(flashMiB)
    .filter(({ name, size }) => (takenBytes[name] ?? 0) > size)
    .map(({ name, size }) => `${name} of ${flashMiB} MiB: ${takenBytes[name]} bytes of ${size}`);
}
