import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { firmwareModels } from '../../../../host-sim/packages/firmware-models';
import type { LoadedSpeaker } from '../../../../host-sim/packages/speaker';
import type { MuteSpan } from '../../../../host-sim/sim/io/mute-spans';
import type { PageSetup } from './page';

export interface BrowserJob {
  readonly speaker: LoadedSpeaker;
  /** 16 kHz. */
  readonly pcm: Int16Array;
  readonly mute: readonly MuteSpan[];
  readonly ringFrames: boolean;
}

/** The command of a Chromium, where there is one. */
export const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const root = join(__dirname, '../../../..');

/** The event lines of a headless browser that runs the job. */
export function replayedInBrowser(job: BrowserJob): Promise<string[]> {
  return linesFromBrowser(browser as string, filesFor(job));
}

/** What the page fetches, by name. */
function filesFor({ speaker, pcm, mute, ringFrames }: BrowserJob): Record<string, string | Uint8Array> {
  const { configuration: hearing, resources } = firmwareModels(speaker.hearing);
  const page: PageSetup = { hearing, models: Object.keys(resources), mute, ringFrames };
  const [script] = buildSync({
    entryPoints: [join(__dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
  }).outputFiles;
  return {
    '/': '<!doctype html><title>Earshot</title><script src="page.js"></script>',
    '/page.js': script?.text ?? '',
    '/setup.json': JSON.stringify(page),
    '/earshot.wasm': readFileSync(join(root, 'host-sim/sim/wasm/earshot.wasm')),
    ...Object.fromEntries(Object.entries(resources).map(([name, bytes]) => [`/${name}`, bytes])),
    '/recording': new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength),
  };
}

/** Serves the files on the loopback to a headless browser and gives what its page sends back. */
async function linesFromBrowser(
  command: string,
  files: Record<string, string | Uint8Array>,
): Promise<string[]> {
  const profile = mkdtempSync(join(tmpdir(), 'earshot-browser-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const lines = new Promise<string>((resolve) => {
    server.on('request', async (request, response) => {
      if (request.method === 'POST') resolve(await text(request));
      const file = files[request.url ?? ''];
      response.writeHead(request.method === 'POST' || file !== undefined ? 200 : 404);
      response.end(file);
    });
  });
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'];
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    `--user-data-dir=${profile}`,
  ];
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const chromium = spawn(command, [...options, ...quiet, address], { stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => chromium.on('close', resolve));
  try {
    return (await lines).split('\n');
  } finally {
    process.kill(-(chromium.pid as number), 'SIGKILL'); // and the processes that it began
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
