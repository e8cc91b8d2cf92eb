/** Compiles all natives and the interpreter to `earshot.wasm` with the Clang that npm carries, so that no
 * system compiler is needed and every machine gets the same bytes.
 *
 *     tsx host-sim/sim/wasm/build.ts           writes host-sim/sim/wasm/earshot.wasm
 *     tsx host-sim/sim/wasm/build.ts --check   exits 1 when the committed file differs from its sources */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const target = join(root, 'host-sim/sim/wasm/earshot.wasm');
const sourceFolders = ['firmware/natives', 'host-sim/interpreter', 'host-sim/sim/wasm'];

const flags = [
  '-std=c99',
  '-O3',
  '-msimd128',
  '-mbulk-memory',
  '-ffp-contract=off',
  '-fno-builtin-strlen',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-nostdlib',
  '-iquote.',
  '-Wl,--no-entry',
  '-Wl,--export-all',
  '-Wl,--stack-first',
  '-Wl,-z,stack-size=65536',
  '-Wl,--strip-all',
];

type Tree = { [name: string]: Tree | string };

/** The C sources below a folder of the repo, by path relative to the root */
function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[ch]$/.test(name))
    .map((name) => relative(root, join(root, folder, name)))
    .sort();
}

/** The compiler's file system knows no `..`: includes of other folders are named from the root instead. */
function includesFromRoot(path: string, source: string): string {
  return source.replace(/^#include "(\.\.\/[^"]+)"/gm, (_, other: string) => {
    return `#include "${posix.join(posix.dirname(path), other)}"`;
  });
}

function asTree(paths: readonly string[]): Tree {
  const tree: Tree = {};
  for (const path of paths) {
    const parts = path.split('/');
    let folder = tree;
    for (const part of parts.slice(0, -1)) {
      folder[part] ??= {};
      folder = folder[part] as Tree;
    }
    folder[parts.at(-1) as string] = includesFromRoot(path, readFileSync(join(root, path), 'utf8'));
  }
  return tree;
}

/** Missing from the package's own types. */
type RunClang = (args: string[], files: Tree, options: object) => Promise<Record<string, Uint8Array>>;

/** The compiler tells of its own download otherwise; its messages about our sources still go to stderr. */
const quiet = { fetchProgress: () => undefined };

export async function buildWasm(): Promise<Uint8Array> {
  const { runClang } = (await import('@yowasp/clang')) as unknown as { runClang: RunClang };
  const paths = sourceFolders.flatMap(sourcesBelow);
  const units = paths.filter((path) => path.endsWith('.c'));
  const tree = await runClang(['clang', ...flags, ...units, '-o', 'earshot.wasm'], asTree(paths), quiet);
  return tree['earshot.wasm'] as Uint8Array;
}

async function main(): Promise<void> {
  const wasm = await buildWasm().catch((error: Error) => {
    console.error(`earshot.wasm could not be built: ${error.message}`); // the compiler has said where
    process.exit(1);
  });
  if (!process.argv.includes('--check')) {
    writeFileSync(target, wasm);
    console.log(`${relative(root, target)}: ${wasm.length} bytes`);
  } else if (!readFileSync(target).equals(wasm)) {
    console.error(
      `${relative(root, target)} is not what its sources give; run \`npm run build:wasm\` and commit it`,
    );
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void main();
