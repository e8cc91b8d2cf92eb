import type { Resource } from '../../packages/resource-file';
import { RESOURCE_KINDS } from '../../packages/resource-file';
import { Machine } from './machine';
import { ModelError } from './open';

const MOST_NAME_BYTES = 32;

export interface ResourceFile {
  readonly revision: number;
  readonly resources: readonly Resource[];
}

const PLENTY = 2 ** 32 - 1;

/** Reads a file of resources as the chip does, with the same C, in a speaker that has so many bytes for a model to run in.
 * @throws ModelError with what is wrong with it */
export function readResourceFile(
  natives: WebAssembly.Module,
  file: Uint8Array,
  arenaBytes = PLENTY,
): ResourceFile {
  const machine = new Machine(natives);
  const ask = (name: string, ...args: number[]) => machine.native(`resources_glue_${name}`)(...args);
  if (!ask('open', machine.place(file), file.length, arenaBytes))
    throw new ModelError(machine.text(ask('detail')));
  const resources: Resource[] = [];
  for (let index = 0; ask('entry', index); index++) {
    const name = machine.text(ask('name'), MOST_NAME_BYTES);
    const kind = RESOURCE_KINDS[ask('kind') - 1];
    if (kind === undefined) continue; // for a later firmware
    resources.push({ name, kind, bytes: machine.bytes(ask('bytes'), ask('byte_length')).slice() });
  }
  return { revision: ask('revision'), resources };
}
