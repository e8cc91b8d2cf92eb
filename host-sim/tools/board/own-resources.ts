import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Hearing } from '../../../firmware/core/hearing';
import { Problem } from '../../cli/problem';
import { firmwareModels, packedResourceFile, resourceFileOf } from '../../packages/firmware-models';
import { operatorsOf } from '../../packages/model-operators';
import { ROOT } from '../../packages/root';

/** A person's own wake words and grammar, packed where nothing is kept under version control. */
export const OWN_RESOURCES = join(ROOT, 'build', 'own', 'resources.bin');

/** Packs for the next builds, until `forgetOwnResources`. Returns the file. @throws Problem when a model needs what the
 * firmware is not built with */
export function packOwnResources(hearing: Hearing<Uint8Array>): Uint8Array {
  const builtIn = operatorsBuiltIn();
  for (const [name, bytes] of Object.entries(firmwareModels(hearing).resources)) {
    if (!name.endsWith('.tflite')) continue;
    const missing = operatorsOf(bytes).filter((operator) => !builtIn.has(operator));
    if (missing.length > 0)
      throw new Problem(
        `${name} needs operators of TensorFlow Lite that models/operators.h does not name: ${missing.join(', ')}; ` +
          'a model with the operators of the shipped ones would be right',
      );
  }
  const file = resourceFileOf(hearing);
  mkdirSync(dirname(OWN_RESOURCES), { recursive: true });
  writeFileSync(OWN_RESOURCES, file);
  return file;
}

export function forgetOwnResources(): void {
  rmSync(OWN_RESOURCES, { force: true });
}

/** What a build brings into the flash, and whether it is the person's own. */
export function resourcesToBuild(): { readonly file: Uint8Array; readonly isOwn: boolean } {
  return existsSync(OWN_RESOURCES)
    ? { file: new Uint8Array(readFileSync(OWN_RESOURCES)), isOwn: true }
    : { file: packedResourceFile(), isOwn: false };
}

/** Those of `esp32/tflm.cpp`. */
function operatorsBuiltIn(): ReadonlySet<number> {
  const header = readFileSync(join(ROOT, 'models', 'operators.h'), 'utf8');
  const [, list = ''] = /MODEL_OPERATORS ([\d, ]+)/.exec(header) ?? [];
  return new Set(list.split(',').map(Number));
}
