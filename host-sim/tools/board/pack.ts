import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pack, packedResourceFile } from '../../packages/firmware-models';
import { ROOT } from '../../packages/root';
import { type LoadedHearing, loadHearing } from '../../packages/speaker';
import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { createEar } from '../../sim/wasm/natives';
import { forgetOwnResources, OWN_RESOURCES, packOwnResources } from './own-resources';

const RESOURCE_FILE = join(ROOT, 'build', 'resources.bin');

export interface PackOptions {
  /** Without wake words and grammar, those that ship are packed. */
  readonly wake?: readonly string[];
  readonly grammar?: string;
}

/** Writes what the firmware is built with. Returns the exit code. @throws Problem */
export async function packFirmware({ wake, grammar }: PackOptions): Promise<number> {
  const hearing = await loadHearing(wake ?? [DEFAULT_WAKE_WORD], grammar);
  createEar(hearing); // what it refuses, such as an operator that is not there, the chip would refuse as well
  const isOwn = wake !== undefined || grammar !== undefined;
  return isOwn ? packOwn(hearing) : packShipped(hearing);
}

/** No file under version control is touched. */
function packOwn(hearing: LoadedHearing): number {
  tell(relative(ROOT, OWN_RESOURCES), packOwnResources(hearing).length);
  console.log(
    'npm run build takes these from now on; npm run pack without options goes back to those that ship',
  );
  return 0;
}

function packShipped(hearing: LoadedHearing): number {
  forgetOwnResources();
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
