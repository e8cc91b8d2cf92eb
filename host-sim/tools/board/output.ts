import { join, resolve } from 'node:path';
import { BOARDS } from '../../packages/boards';
import { ROOT } from '../../packages/root';

export { BOARDS };

/** How the firmware is built: `debug` waits for Moddable's debugger, `instrument` also counts what XS uses. */
export const BUILD_MODES = ['release', 'debug', 'instrument'] as const;
export type BuildMode = (typeof BUILD_MODES)[number];

/** What tells one build of a board from another. */
export interface Build {
  readonly board: string;
  readonly mode: BuildMode;
  readonly hasClip: boolean;
  readonly hasPortableKernels: boolean;
  /** Where it lies, unless among the others. */
  readonly folder?: string | undefined;
}

/** Each lies by itself. */
export function outputFolder({ board, mode, hasClip, hasPortableKernels, folder }: Build): string {
  const name = [mode, ...(hasClip ? ['clip'] : []), ...(hasPortableKernels ? ['portable'] : [])].join('-');
  return resolve(folder ?? join(ROOT, 'build', 'chip', board, name));
}

/** The command that makes it. */
export function buildCommand({ board, mode, hasClip, hasPortableKernels, folder }: Build): string {
  return [
    `npm run build -- --board ${board}`,
    ...(mode === 'release' ? [] : [`--${mode}`]),
    ...(hasClip ? ['--clip FILE'] : []),
    ...(hasPortableKernels ? ['--portable-kernels'] : []),
    ...(folder === undefined ? [] : [`--output ${folder}`]),
  ].join(' ');
}

/** The command that brings it onto the board. */
export function flashCommand({ board, mode, hasClip, hasPortableKernels, folder }: Build): string {
  const which = [
    ...(mode === 'release' ? [] : [`--mode ${mode}`]),
    ...(hasClip ? ['--clip'] : []),
    ...(hasPortableKernels ? ['--portable-kernels'] : []),
  ];
  const where = folder === undefined ? which : [`--build ${folder}`];
  return [`npm run flash -- --board ${board}`, ...where, '--port PORT'].join(' ');
}
