import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../cli/problem';
import { ROOT } from '../../packages/root';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { CLIP_HEADER_BYTES, type Clip } from './clip';
import { PARTITIONS } from './output';
import { partitionNamed, readPartitions } from './partitions';

/** Everything in the firmware but models and grammar, in the largest of the builds measured: ESP-IDF 6.0.1, Moddable's SDK
 * 8.2.3, esp32-s3-box-3. */
export const CODE_BYTES = 1_316_483;
/** A build with portable kernels was smaller by this at least. */
const PORTABLE_KERNELS_SAVE_BYTES = 21_000;

const SAMPLE_BYTES = 2;

/** How many bytes a slot for the firmware has left beside the code and what models/manifest.json names. */
function freeBytes(hasPortableKernels: boolean): number {
  const code = CODE_BYTES - (hasPortableKernels ? PORTABLE_KERNELS_SAVE_BYTES : 0);
  return partitionNamed(readPartitions(PARTITIONS), 'ota_0').size - code - packedBytes();
}

function packedBytes(): number {
  const models = join(ROOT, 'models');
  const { resources } = JSON.parse(readFileSync(join(models, 'manifest.json'), 'utf8')) as {
    readonly resources: { readonly '*': readonly string[] };
  };
  return resources['*'].reduce((total, path) => total + statSync(join(models, path)).size, 0);
}

/** The longest recording that a firmware has room for, in whole tenths of a second. */
export function longestClipSeconds(hasPortableKernels: boolean): number {
  const samples = (freeBytes(hasPortableKernels) - CLIP_HEADER_BYTES) / SAMPLE_BYTES;
  return Math.max(0, Math.floor((samples / SAMPLE_RATE) * 10) / 10);
}

/** Throws Problem when the firmware has no room for it. */
export function checkLength({ pcm }: Clip, file: string, hasPortableKernels: boolean): void {
  const seconds = pcm.length / SAMPLE_RATE;
  const most = longestClipSeconds(hasPortableKernels);
  if (seconds > most)
    throw new Problem(
      `--clip ${file}: it has ${seconds.toFixed(2)} s; the firmware has room for ${most} s, so cut it`,
    );
}
