/** Makes the page: one file with all that it needs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { dictionary } from 'cmu-pronouncing-dictionary';
import { build } from 'esbuild';
import { DEFAULT_BOARD, loadBoard } from '../../packages/boards';
import { packedResourceFile } from '../../packages/firmware-models';
import { ROOT } from '../../packages/root';
import { demoRecording, findDemo } from '../../tools/replay/recordings/demo';
import { packDictionary } from './dictionary';
import { differ } from './differ';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const GRAMMAR = ['home.grammar', 'rooms.grammar'];

/** The page as text. @throws Problem when a file that it is made of is not there */
export async function buildPage(): Promise<string> {
  const [script, worker] = await Promise.all([bundled('page/main.ts'), bundled('worker/worker.ts')]);
  const style = await styleSheet();
  const policy = policyFor(script, style);
  const parts: Readonly<Record<string, string>> = {
    policy,
    shownPolicy: policy.replaceAll('; ', ';\n'),
    icon: `data:image/svg+xml;base64,${readFileSync(join(ROOT, 'firmware/dashboard/page/icon.svg')).toString('base64')}`,
    style: `<style>${style}</style>`,
    cargo: cargoTags(worker),
    script: `<script>${script}</script>`,
  };
  return readFileSync(join(HERE, 'page/index.html'), 'utf8').replace(
    /\{\{(\w+)\}\}|<!-- (\w+) -->/g,
    (_, text: string | undefined, element: string) => parts[text ?? element] as string,
  );
}

/** Nothing but this page's own text runs, and nothing is asked for: not of other servers and not of its own. What the page
 * makes itself has an address that begins with `blob:`; the worker and the microphone's worklet are such. */
function policyFor(script: string, style: string): string {
  return [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src '${hashOf(script)}' 'wasm-unsafe-eval' blob:`,
    'worker-src blob:',
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    external: ['@wasm-audio-decoders/opus-ml'], // makes speech nicer; never asked for
  });
  return outputFiles[0]?.text.trim() ?? '';
}

async function styleSheet(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'page/style.css')],
    bundle: true,
    write: false,
    minify: true,
  });
  return outputFiles[0]?.text.trim() ?? '';
}

/** What the page brings along, by the names that `page/engine.ts` and `worker/speaker.ts` have for it. */
function cargoTags(worker: string): string {
  const board = loadBoard(DEFAULT_BOARD, join(ROOT, 'boards'));
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  const notes = {
    board: board.configuration.name,
    ringPixels: board.ringPixels,
    bundled: bundledRecording(),
    grammar: Object.fromEntries(GRAMMAR.map((name) => [name, read(`models/home/${name}`)])),
  };
  const cargo: Readonly<Record<string, Uint8Array | string>> = {
    worker,
    natives: readFileSync(join(ROOT, 'host-sim/sim/wasm/earshot.wasm')),
    flash: packedResourceFile(),
    bundled: differ(demoRecording()),
    notes: JSON.stringify(notes),
    dictionary: packDictionary(dictionary),
  };
  return Object.entries(cargo)
    .map(([name, bytes]) => {
      const packed = deflateRawSync(bytes, { level: 9 }).toString('base64');
      return `<script type="application/octet-stream" data-cargo="${name}">${packed}</script>`;
    })
    .join('\n    ');
}

function bundledRecording(): { readonly name: string; readonly mute: string } {
  const { path, mute } = findDemo();
  const spans = mute.map(({ startMs, endMs }) => `${startMs / 1000}-${endMs / 1000}`);
  return { name: path.split(/[\\/]/).at(-1) as string, mute: spans.join(',') };
}
