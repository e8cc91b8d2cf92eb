import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { firmwareModels } from '../../../../host-sim/packages/firmware-models';
import { type LoadedSpeaker, loadSpeaker } from '../../../../host-sim/packages/speaker';
import { inOnePiece } from '../../../../host-sim/sim/audio/byte-reader';
import { loadEngine } from '../../../../host-sim/sim/engines';
import { demoRecording, findDemo } from '../../../../host-sim/tools/replay/recordings/demo';
import type { PageSetup } from './page';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const testInBrowser = browser ? test : test.skip;
const root = join(__dirname, '../../../..');

/** What the page fetches, by name. */
function filesFor(speaker: LoadedSpeaker): Record<string, string | Uint8Array> {
  const recording = demoRecording();
  const { configuration: hearing, resources } = firmwareModels(speaker.hearing);
  expect(Object.keys(resources)).toHaveLength(5); // the word verifier is among them
  const page: PageSetup = { hearing, models: Object.keys(resources), mute: findDemo().mute };
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
    '/recording': new Uint8Array(recording.buffer, recording.byteOffset, recording.byteLength),
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

testInBrowser('a browser hears, does and lights the same as Node in the bundled recording', async () => {
  const speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
  const engine = await loadEngine('node');
  const expected: string[] = [];
  const job = { speaker, sound: inOnePiece(demoRecording()), mute: findDemo().mute, ringFrames: true };
  for await (const line of engine(job)) expected.push(line);
  expect(await linesFromBrowser(browser as string, filesFor(speaker))).toEqual(expected);
});
