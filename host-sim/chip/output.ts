import { join } from 'node:path';
import { ROOT } from '../parts/speaker-parts';

export const BOARDS = join(ROOT, 'boards');
export const PARTITIONS = join(BOARDS, 'partitions.csv');

/** How the firmware is built: `debug` waits for Moddable's debugger, `instrument` also counts what XS uses. */
export type BuildMode = 'release' | 'debug' | 'instrument';
export const BUILD_MODES: readonly BuildMode[] = ['release', 'debug', 'instrument'];

/** Where a build of a board lies; each variant lies by itself. */
export function outputFolder(
  board: string,
  mode: BuildMode,
  { hasClip = false, hasPortableKernels = false }: { hasClip?: boolean; hasPortableKernels?: boolean },
): string {
  const name = [mode, ...(hasClip ? ['clip'] : []), ...(hasPortableKernels ? ['portable'] : [])].join('-');
  return join(ROOT, 'build', 'chip', board, name);
}
