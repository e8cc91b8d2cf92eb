import { readFileSync } from 'node:fs';

/** How much a machine may hold at run time. Slots are objects, properties and closures; chunks are strings, arrays
 * and buffers. In a 64-bit process a slot takes 32 bytes instead of the chip's 16, and so does each item of an array. */
export interface MachineSize {
  readonly slots: number;
  readonly chunkBytes: number;
  readonly stackSlots: number;
}

interface Manifest {
  readonly creation: {
    readonly heap: { readonly initial: number };
    readonly chunk: { readonly initial: number };
    readonly stack: number;
  };
}

/** The machine that a Moddable manifest asks for. The initial sizes are taken as the bound, even where a manifest
 * lets them grow: what runs here then runs there. */
export function machineSizeOf({ creation }: Manifest): MachineSize {
  const { heap, chunk, stack } = creation;
  return { slots: heap.initial, chunkBytes: chunk.initial, stackSlots: stack };
}

/** The chip's machine, as the firmware's manifest has it. */
export const ESP32_S3_MACHINE: MachineSize = machineSizeOf(
  JSON.parse(readFileSync(new URL('../../../manifest.json', import.meta.url), 'utf8')) as Manifest,
);
