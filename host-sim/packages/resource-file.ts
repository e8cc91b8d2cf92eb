import { crc32 } from '../grammar/bytes';
import { leastArenaBytes } from './model-arena';
import { operatorsOf } from './model-operators';

/** In the order of `resources_kind`, from 1 on. */
export const RESOURCE_KINDS = ['hearing', 'model', 'grammar'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export interface Resource {
  /** 1 to 31 letters of ASCII, without a space. */
  readonly name: string;
  readonly kind: ResourceKind;
  readonly bytes: Uint8Array;
}

const MAGIC = 'EARSHOTR';
const FORMAT = 1;
const HEADER_BYTES = 64;
const ENTRY_BYTES = 64;
const ALIGNMENT = 64;
const MOST_ENTRIES = 64;
const OPERATORS_AT = 24;
const OPERATORS = 256;
const CHECKSUM_AT = 60;
const NAME = /^[!-~]{1,31}$/;

/** One file of them, as `firmware/natives/resources/resources.h` says. Of two copies on a board the one with the greater
 * revision is the newer. @throws RangeError when there are none or too many, or a name is not one or there twice */
export function writeResourceFile(resources: readonly Resource[], revision = 1): Uint8Array<ArrayBuffer> {
  checkNames(resources);
  const start = HEADER_BYTES + resources.length * ENTRY_BYTES;
  const byteLength = resources.reduce((at, { bytes }) => at + filledUp(bytes.length), start);
  const file = new Uint8Array(byteLength);
  const view = new DataView(file.buffer);
  writeText(file, 0, MAGIC);
  view.setUint16(8, FORMAT, true);
  view.setUint16(10, resources.length, true);
  view.setUint32(12, byteLength, true);
  view.setUint32(16, revision, true);
  markOperators(file.subarray(OPERATORS_AT, OPERATORS_AT + OPERATORS / 8), resources);
  let offset = start;
  for (const [index, resource] of resources.entries()) {
    writeEntry(file, HEADER_BYTES + index * ENTRY_BYTES, resource, offset);
    offset += filledUp(resource.bytes.length);
  }
  view.setUint32(CHECKSUM_AT, headerChecksum(file.subarray(0, start)), true);
  return file;
}

function writeEntry(file: Uint8Array, entry: number, { name, kind, bytes }: Resource, offset: number): void {
  const view = new DataView(file.buffer, entry, ENTRY_BYTES);
  file.set(bytes, offset);
  writeText(file, entry, name);
  view.setUint32(32, RESOURCE_KINDS.indexOf(kind) + 1, true);
  view.setUint32(36, offset, true);
  view.setUint32(40, bytes.length, true);
  if (kind === 'model') view.setUint32(44, leastArenaBytes(bytes), true);
  view.setUint32(CHECKSUM_AT, crc32(file.subarray(offset, offset + filledUp(bytes.length))), true);
}

/** Of the header and the table, but for itself. */
function headerChecksum(head: Uint8Array): number {
  const covered = new Uint8Array(head.length - 4);
  covered.set(head.subarray(0, CHECKSUM_AT));
  covered.set(head.subarray(HEADER_BYTES), CHECKSUM_AT);
  return crc32(covered);
}

function markOperators(bits: Uint8Array, resources: readonly Resource[]): void {
  for (const { kind, name, bytes } of resources) {
    for (const code of kind === 'model' ? operatorsOf(bytes) : []) {
      if (code >= OPERATORS)
        throw new RangeError(`${name} has operator ${code}; 0 to ${OPERATORS - 1} can be told`);
      bits[code >> 3] = (bits[code >> 3] ?? 0) | (1 << (code & 7));
    }
  }
}

function checkNames(resources: readonly Resource[]): void {
  if (resources.length < 1 || resources.length > MOST_ENTRIES)
    throw new RangeError(`a file of resources takes 1 to ${MOST_ENTRIES}, not ${resources.length}`);
  const seen = new Set<string>();
  for (const { name } of resources) {
    if (!NAME.test(name))
      throw new RangeError(`'${name}' is no name of a resource: 1 to 31 letters without a space`);
    if (seen.has(name)) throw new RangeError(`there are two resources named '${name}'`);
    seen.add(name);
  }
}

function filledUp(byteLength: number): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}

function writeText(file: Uint8Array, at: number, text: string): void {
  file.set(new TextEncoder().encode(text), at);
}
