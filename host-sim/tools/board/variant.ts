import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../packages/root';
import { type Clip, writeClip } from './clip';
import { BOARDS } from './output';

/** How a firmware differs from the one of `manifest.json`. */
export interface Variant {
  /** A recording to hear in place of the microphone. */
  readonly clip: Clip | undefined;
  /** TensorFlow Lite Micro with portable kernels, for want of trust in ESP-NN's or of the chip's vector instructions. */
  readonly hasPortableKernels: boolean;
}

/** What ESP-NN's own menu of options calls its kernels in plain C. */
const PORTABLE_KERNELS = 'CONFIG_NN_ANSI_C=y';
const KERNELS_MANIFEST = 'kernels.json';
const FIRMWARE_MANIFEST = join(ROOT, 'manifest.json');

/** The manifest to build for a board: the firmware's own, or one written into `folder` that includes and changes it. */
export function manifestOf(variant: Variant, board: string, folder: string): string {
  const { clip, hasPortableKernels } = variant;
  if (clip === undefined && !hasPortableKernels) return FIRMWARE_MANIFEST;
  mkdirSync(folder, { recursive: true });
  const include = [relative(folder, FIRMWARE_MANIFEST)];
  if (hasPortableKernels) {
    writePortableKernels(board, folder);
    include.push(`./${KERNELS_MANIFEST}`);
  }
  const heard = clip === undefined ? {} : writeClip(clip, folder);
  return writeJson(join(folder, 'manifest.json'), { include, ...heard });
}

/** The board's options of ESP-IDF and one more. They are named in a manifest of their own: what is included last is what
 * mcconfig obeys, and the board's manifest is among those that the firmware's includes. */
function writePortableKernels(board: string, folder: string): void {
  const ofBoard = readFileSync(join(BOARDS, board, 'sdkconfig', 'sdkconfig.defaults'), 'utf8');
  mkdirSync(join(folder, 'sdkconfig'), { recursive: true });
  writeFileSync(
    join(folder, 'sdkconfig', 'sdkconfig.defaults'),
    `${ofBoard.trimEnd()}\n${PORTABLE_KERNELS}\n`,
  );
  writeJson(join(folder, KERNELS_MANIFEST), { build: { SDKCONFIGPATH: './sdkconfig' } });
}

function writeJson(path: string, content: object): string {
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
  return path;
}
