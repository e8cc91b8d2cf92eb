import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../packages/firmware-models';
import { ROOT } from '../../packages/root';
import { loadHearing } from '../../packages/speaker';
import { createEar } from '../../sim/wasm/natives';

/** Writes what the firmware is built with. Returns the exit code. @throws Problem */
export async function packFirmware(wake: readonly string[]): Promise<number> {
  const hearing = await loadHearing(wake, undefined);
  createEar(hearing); // what it refuses, such as an operator that is not there, the chip would refuse as well
  for (const [path, content] of Object.entries(pack(hearing))) {
    writeFileSync(join(ROOT, 'models', path), content);
    console.log(`models/${path}: ${content.length.toLocaleString('en-US')} bytes`);
  }
  return 0;
}
