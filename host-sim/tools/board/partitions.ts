import { readFileSync } from 'node:fs';
import { Problem } from '../../cli/problem';

/** A part of the flash, in bytes. */
export interface Partition {
  readonly name: string;
  readonly type: string;
  readonly subtype: string;
  readonly offset: number;
  readonly size: number;
}

/** Reads a partition table as ESP-IDF has it: `name, type, subtype, offset, size`, all of them given. Throws Problem. */
export function readPartitions(path: string): Partition[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line, index) => ({ line: line.replace(/#.*/, '').trim(), place: `${path}:${index + 1}` }))
    .filter(({ line }) => line !== '')
    .map(({ line, place }) => parseLine(line, place));
}

function parseLine(line: string, place: string): Partition {
  const [name = '', type = '', subtype = '', offset, size] = line.split(',').map((field) => field.trim());
  return { name, type, subtype, offset: parseBytes(offset, place), size: parseBytes(size, place) };
}

function parseBytes(text: string | undefined, place: string): number {
  const bytes = /^0x[0-9a-f]+$/i.test(text ?? '') ? Number(text) : NaN;
  if (Number.isNaN(bytes))
    throw new Problem(`${place}: '${text ?? ''}'; bytes such as 0x1000 would be right`);
  return bytes;
}

/** Throws Problem when there is none. */
export function partitionNamed(partitions: readonly Partition[], name: string): Partition {
  const partition = partitions.find((each) => each.name === name);
  if (!partition) throw new Problem(`the partition table has no '${name}'`);
  return partition;
}
