import { Problem } from '../../cli/problem';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { CLIP_HEADER_BYTES, type Clip } from './clip';
import { FLASH_SIZES_MIB, partitionsOf } from './flash-table';
import { partitionNamed } from './partitions';

/** The firmware, in the largest of the builds measured: ESP-IDF 6.0.1, Moddable's SDK
 * 8.2.3, esp32-s3-box-3. */
export const CODE_BYTES = 1_316_483;
/** A build with portable kernels was smaller by this at least. */
const PORTABLE_KERNELS_SAVE_BYTES = 21_000;

const SAMPLE_BYTES = 2;

/** How many bytes the smallest slot for the firmware has left beside the code. */
function freeBytes(hasPortableKernels: boolean): number {
  const code = CODE_BYTES - (hasPortableKernels ? PORTABLE_KERNELS_SAVE_BYTES : 0);
  return partitionNamed(partitionsOf(FLASH_SIZES_MIB[0]), 'ota_0').size - code;
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
