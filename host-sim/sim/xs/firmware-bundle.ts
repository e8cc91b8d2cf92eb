import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { BUNDLE_OPTIONS } from './bundle';
import { root } from './sources';

/** The chip's firmware as a machine under XS runs it: what the manifest preloads, and main.ts over it. */
export interface FirmwareBundle {
  readonly preloaded: string;
  readonly bundle: string;
}

type Replacements = Readonly<Record<string, string>>;

/** Which file of sdk/ takes the place of which module: the devices and Moddable's modules, and nothing else. */
const ON_ANY_CHIP: Replacements = {
  Resource: 'resource',
  'embedded:io/digital': 'digital',
  'embedded:io/i2c': 'absent',
  'mc/config': 'config',
  time: 'time',
  timer: 'timer',
  './esp32/reset/reset-reason': 'reset-reason',
  './esp32/serial/read': 'read',
};
const ALONE: Replacements = {
  'embedded:network/interface/wifi': 'absent',
  'embedded:storage/key-value': 'key-value',
  './esp32/serial/print': 'print',
};
const WITH_CLIP: Replacements = {
  ...ALONE,
  './esp32/ear': 'clip-ear',
  './esp32/ring': 'ring',
  './esp32/loudspeaker': 'absent',
};
const LIVELY: Replacements = {
  'embedded:network/interface/wifi': 'lively-wifi',
  'embedded:storage/key-value': 'counting-store',
  './esp32/ear': 'lively-ear',
  './esp32/ring': 'ring',
  './esp32/loudspeaker': 'lively-loudspeaker',
  './esp32/serial/print': 'counting-print',
};

const firmware = join(root, 'firmware');
/** The modules that the manifest preloads. */
const PRELOADED_FOLDERS = ['core', 'device', 'io', 'fallbacks', 'record'];
const PRELOADED_FILES = ['board.ts'];

/** For a replay: a clip plays, and the ring writes down what it shows. */
export function bundleFirmwareForReplay(): Promise<FirmwareBundle> {
  return bundleFirmware({ ...WITH_CLIP, './esp32/ring': 'recording-ring' }, 'host-sim/sim/xs/sdk/start');
}

/** For a machine in which a clip plays, with a ring that is often busy. */
export function bundleFirmwareWithClip(): Promise<FirmwareBundle> {
  return bundleFirmware(WITH_CLIP, 'host-sim/sim/xs/sdk/start');
}

/** With the chip's own ear, ring and loudspeaker, over C that is linked into the host (`also`). The modules, by their
 * paths from the root, go before and behind the firmware. */
export function bundleFirmwareOverNatives(before: string, driver: string): Promise<FirmwareBundle> {
  return bundleFirmware(ALONE, driver, before);
}

/** For a machine that lives through a day in a lively house and says once an hour what memory it takes. */
export function bundleFirmwareForADay(): Promise<FirmwareBundle> {
  return bundleFirmware(LIVELY, 'host-sim/sim/xs/sdk/day');
}

/** A module, by its path from the root, over what is preloaded, and over these folders of the firmware as if they were. */
export function bundleOverPreloaded(path: string, ...folders: readonly string[]): Promise<FirmwareBundle> {
  return bundleModules({}, [path], [...PRELOADED_FOLDERS, ...folders]);
}

function bundleFirmware(
  replacements: Replacements,
  driver: string,
  ...before: readonly string[]
): Promise<FirmwareBundle> {
  return bundleModules(replacements, [...before, 'firmware/main', driver]);
}

async function bundleModules(
  replacements: Replacements,
  paths: readonly string[],
  folders: readonly string[] = PRELOADED_FOLDERS,
): Promise<FirmwareBundle> {
  const contents = paths.map((path) => `import './${path}';`).join('\n');
  const files = preloadedFiles(folders);
  const plugin = overPreloaded(files, { ...ON_ANY_CHIP, ...replacements });
  const [preloaded, bundle] = await Promise.all([
    bundled(files.map((file) => `export * from './${relative(root, file)}';`).join('\n'), []),
    bundled(contents, [plugin]),
  ]);
  return { preloaded, bundle };
}

function preloadedFiles(folders: readonly string[]): string[] {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(firmware, folder)).map((name) => join(folder, name)),
  );
  return [...inFolders, ...PRELOADED_FILES]
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(firmware, name));
}

async function bundled(contents: string, plugins: Plugin[]): Promise<string> {
  const stdin = { contents, resolveDir: root, loader: 'ts' } as const;
  const [file] = (await build({ ...BUNDLE_OPTIONS, stdin, plugins })).outputFiles ?? [];
  if (!file) throw new TypeError('esbuild gave no bundle');
  return file.text;
}

/** Lets main.ts, and what stands for the devices, find everything that is preloaded in one module of that name. */
function overPreloaded(files: readonly string[], replacements: Replacements): Plugin {
  const isPreloaded = new Set(files);
  return {
    name: 'chip',
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, importer, resolveDir }) => {
        const replacement = importer.startsWith(firmware) ? replacements[path] : undefined;
        if (replacement !== undefined)
          return { path: join(root, 'host-sim/sim/xs/sdk', `${replacement}.ts`) };
        if (isPreloaded.has(`${join(resolveDir, path)}.ts`)) return { path: 'preloaded', external: true };
        return undefined;
      });
    },
  };
}
