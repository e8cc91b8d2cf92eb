import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeIdentifiers } from './identifiers';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

const xsFolder = join(root, 'node_modules/@agoric/xsnap/moddable/xs');
const xsIncludes = ['includes', 'platforms', 'sources'].map((name) => join(xsFolder, name));
const xsDefines = [
  '-DINCLUDE_XSPLATFORM',
  '-DXSPLATFORM="platform.h"',
  '-DmxBoundsCheck=1',
  '-DmxHostFunctionPrimitive=1',
  '-DmxInstrument=1',
  '-DmxLockdown=1',
  '-DmxMetering=1',
  '-DmxNoConsole=1',
  '-DmxParse=1',
  '-DmxRegExp=1',
  '-DmxRun=1',
  '-DmxSloppy=1',
  `-I${join(root, 'host-sim/sim/xs')}`,
];
const ownFolders = ['firmware/natives', 'host-sim/interpreter', 'host-sim/sim/xs'].map((name) =>
  join(root, name),
);
const chip = join(root, 'firmware/esp32');
/** What the simulator's classes share with the chip's. */
const SHARED_WITH_CHIP = ['ear_setup_xs.c', 'options.c', 'record_xs.c', 'resource_xs.c'].map((name) =>
  join(chip, name),
);
const identifiers = join(root, 'build/xs-identifiers');
const ownWarnings = ['-Wall', '-Wextra', '-Werror'];

/** C files that are compiled alike, and the headers that they may include. */
export interface SourceGroup {
  readonly files: readonly string[];
  readonly headers: readonly string[];
  readonly flags: readonly string[];
}

/** XS itself, the natives and the interpreter as on the chip, and the glue between the two. */
export function sourceGroups(): SourceGroup[] {
  writeIdentifiers(identifiers, SHARED_WITH_CHIP, 'the');
  const own = ownFolders.flatMap(filesBelow);
  const ownHeaders = own.filter((path) => path.endsWith('.h'));
  const xsHeaders = xsIncludes.flatMap(filesBelow).filter((path) => path.endsWith('.h'));
  const platform = join(root, 'host-sim/sim/xs/platform.h');
  return [
    {
      files: filesBelow(join(xsFolder, 'sources')).filter((path) => path.endsWith('.c')),
      headers: [...xsHeaders, platform],
      flags: ['-w', '-O2', ...xsDefines, ...xsIncludes.map((path) => `-I${path}`)],
    },
    {
      files: own.filter((path) => path.endsWith('.c') && !usesXs(path)),
      headers: ownHeaders,
      flags: ['-std=c99', '-O3', '-ffp-contract=off', ...ownWarnings],
    },
    overXs(
      [...own.filter((path) => path.endsWith('.c') && usesXs(path)), ...SHARED_WITH_CHIP],
      [identifiers],
    ),
  ];
}

/** Our own C that includes XS. What it includes is looked for in XS's interface, then in these folders, then in the rest of
 * XS: they may have an SDK's `xsHost.h`. */
export function overXs(files: readonly string[], folders: readonly string[] = []): SourceGroup {
  const [api = '', ...inner] = xsIncludes;
  const included = [api, ...folders, ...inner];
  return {
    files,
    headers: [...ownFolders, chip, ...included].flatMap(filesBelow).filter((path) => path.endsWith('.h')),
    flags: ['-std=gnu11', '-O2', ...ownWarnings, ...xsDefines, ...included.map((path) => `-isystem${path}`)],
  };
}

function usesXs(path: string): boolean {
  return path.endsWith('_xs.c') || path.startsWith(join(root, 'host-sim/sim/xs'));
}

export function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.[ch]$/.test(name) && !basename(name).startsWith('.'))
    .map((name) => join(folder, name))
    .sort();
}
