import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pack, packedResourceFile } from '../../packages/firmware-models';
import { ROOT } from '../../packages/root';
import { loadHearing } from '../../packages/speaker';
import { createEar } from '../../sim/wasm/natives';

const RESOURCE_FILE = join(ROOT, 'build', 'resources.bin');

/** Writes what the firmware is built with. Returns the exit code. @throws Problem */
export async function packFirmware(wake: readonly string[]): Promise<number> {
  const hearing = await loadHearing(wake, undefined);
  createEar(hearing); // what it refuses, such as an operator that is not there, the chip would refuse as well
  for (const [path, content] of Object.entries(pack(hearing))) {
    writeFileSync(join(ROOT, 'models', path), content);
    tell(`models/${path}`, content.length);
  }
  const file = packedResourceFile();
  mkdirSync(dirname(RESOURCE_FILE), { recursive: true });
  writeFileSync(RESOURCE_FILE, file);
  tell(relative(ROOT, RESOURCE_FILE), file.length);
  return 0;
}

function tell(path: string, byteLength: number): void {
  console.log(`${path}: ${byteLength.toLocaleString('en-US')} bytes`);
}
