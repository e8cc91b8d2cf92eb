/** How much a machine may hold at run time. Slots are objects, properties and closures; chunks are strings, arrays
 * and buffers. In a 64-bit process a slot takes 32 bytes instead of the chip's 16, and so does each item of an array. */
export interface MachineSize {
  readonly slots: number;
  readonly chunkBytes: number;
  readonly stackSlots: number;
}

/** What Moddable's own ESP32-S3 target gives a machine; a manifest's `creation` may say otherwise. */
export const ESP32_S3_MACHINE: MachineSize = { slots: 4928, chunkBytes: 78848, stackSlots: 512 };

interface Creation {
  readonly heap?: { readonly initial?: number };
  readonly chunk?: { readonly initial?: number };
  readonly stack?: number;
}

/** The machine that a Moddable manifest asks for. The initial sizes are taken as the bound, even where the manifest
 * lets them grow: what runs here then runs there. */
export function machineSizeOf(manifest: { readonly creation?: Creation }): MachineSize {
  const { heap, chunk, stack } = manifest.creation ?? {};
  return {
    slots: heap?.initial ?? ESP32_S3_MACHINE.slots,
    chunkBytes: chunk?.initial ?? ESP32_S3_MACHINE.chunkBytes,
    stackSlots: stack ?? ESP32_S3_MACHINE.stackSlots,
  };
}
