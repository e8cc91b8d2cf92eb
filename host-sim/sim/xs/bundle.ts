import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { root } from './sources';

export const BUNDLE_OPTIONS: BuildOptions = {
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022', // which the XS of the chip and that of npm both know
  charset: 'utf8',
  legalComments: 'none',
  tsconfigRaw: {},
};

/** One module, without imports, of everything that the module at this path (relative to the root) imports. */
export function bundleFile(path: string): string {
  return textOf({ ...BUNDLE_OPTIONS, entryPoints: [join(root, path)] });
}

/** The same for TypeScript source, whose relative imports are those of a file in the given folder of the root. */
export function bundleSource(source: string, folder: string): string {
  return textOf({
    ...BUNDLE_OPTIONS,
    stdin: { contents: source, loader: 'ts', resolveDir: join(root, folder) },
  });
}

function textOf(build: BuildOptions): string {
  const [file] = buildSync(build).outputFiles ?? [];
  if (!file) throw new TypeError('esbuild gave no bundle');
  return file.text;
}
