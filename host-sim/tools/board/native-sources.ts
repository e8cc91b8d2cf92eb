import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ROOT } from '../../packages/root';

const MANIFEST = join(ROOT, 'firmware/esp32/manifest.json');

/** The paths of all C and C++ that the firmware's manifest gives to the chip's compiler. */
export function nativeSources(): string[] {
  const { platforms } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
    readonly platforms: { readonly esp32: { readonly modules: { readonly '*': readonly string[] } } };
  };
  return platforms.esp32.modules['*'].map((name) => resolve(dirname(MANIFEST), name));
}
