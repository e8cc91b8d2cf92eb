import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { resourceFileOf } from '../../../../host-sim/packages/firmware-models';
import { type LoadedSpeaker, loadSpeaker } from '../../../../host-sim/packages/speaker';
import { MemoryPages } from '../../../../host-sim/sim/record/memory-pages';
import { type RunningServer, serveDashboard } from '../../../../host-sim/sim/serve/server';
import { readPublicKey } from '../../../../host-sim/sim/update/update-keys';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { RestartingSpeaker } from '../../../../host-sim/tools/serve/restarting-speaker';
import { make, makeKeys } from '../../../../host-sim/tools/update/update';
import { CHROMIUM } from '../../sim/serve/walk';

const testInBrowser = CHROMIUM ? test : test.skip;
const SECOND = 16_000;

let folder: string;
let browser: Browser;
let page: Page;
let server: RunningServer;
let speaker: RestartingSpeaker;
let time: NodeJS.Timeout;
const at = (name: string): string => join(folder, name);

function signed(name: string, serial: number, resources: Uint8Array, key = 'keys'): string {
  writeFileSync(at('resources.bin'), resources);
  const changes = ['It is called jarvis.'];
  const more = { serial, version: `0.${serial}`, changes, resources: at('resources.bin') };
  make({ out: at(name), key: at(`${key}/update-private.pem`), ...more });
  return at(name);
}

/** With nothing but its wake word, so that its file is small. */
async function named(wake: string): Promise<LoadedSpeaker> {
  const speaker = await loadSpeaker({ wake: [wake], grammar: undefined, board: DEFAULT_BOARD });
  const wakeWords = speaker.hearing.wakeWords.map(({ wordVerifier: _, pronunciations: __, ...word }) => word);
  return { ...speaker, hearing: { wakeWords } };
}

async function pair(): Promise<void> {
  await page.goto(`http://127.0.0.1:${server.port}/`);
  await page.getByRole('button', { name: 'Pair this browser' }).click();
  const moves = Number(/(\d) times/.exec((await page.locator('.moves').textContent()) ?? '')?.[1]);
  for (const muted of Array.from({ length: 2 * moves }, (_, i) => i % 2 === 0)) {
    speaker.setMuted(muted);
    speaker.hear(new Int16Array(SECOND / 2));
  }
  speaker.hear(new Int16Array(3 * SECOND));
  await page.locator('#ear').waitFor();
}

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  folder = mkdtempSync(join(tmpdir(), 'earshot-update-'));
  makeKeys(at('keys'));
  makeKeys(at('others'));
  speaker = new RestartingSpeaker({
    speaker: await named('computer'),
    board: DEFAULT_BOARD,
    pages: new MemoryPages(),
    updateKey: readPublicKey(at('keys/update-public.pem')),
    onRestart: () => server.endLive(),
  });
  speaker.hear(new Int16Array(SECOND));
  server = await serveDashboard(() => speaker.dashboard, { port: 0, address: '127.0.0.1' });
  time = setInterval(() => speaker.hear(new Int16Array(SECOND / 5)), 20); // it passes faster than ours
  if (!CHROMIUM) return;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage();
});

afterAll(async () => {
  clearInterval(time);
  await browser?.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

testInBrowser('a person reads an update, installs it, and the speaker goes by its new name', async () => {
  const jarvis = await named('jarvis');
  const update = resourceFileOf(jarvis.hearing, 2);
  await pair();
  const choose = page.getByLabel('A file with an update');

  await choose.setInputFiles(signed('others.update', 3, update, 'others'));
  await page.getByText('not made by whom this speaker trusts').waitFor();

  const deafPoints = { probabilityCutoff: 1, lookCutoff: 1 };
  const deafWords = jarvis.hearing.wakeWords.map((word) => {
    const point = { ...word.points.normal, ...deafPoints };
    return { ...word, points: { low: point, normal: point, high: point } };
  });
  const deaf = resourceFileOf({ ...jarvis.hearing, wakeWords: deafWords }, 2);
  await choose.setInputFiles(signed('deaf.update', 3, deaf));
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await page.getByText('Version 0.3 was not installed: it does not wake.').first().waitFor();

  const spoilt = readFileSync(signed('spoilt.update', 4, update));
  spoilt[spoilt.length - 9_000] = (spoilt[spoilt.length - 9_000] as number) ^ 1;
  writeFileSync(at('spoilt.update'), spoilt);
  await choose.setInputFiles(at('spoilt.update'));
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await page.getByText('The file is damaged').waitFor();

  speaker.hear(demoRecording().subarray(0, 6 * SECOND));
  expect(await page.getByText('Heard its name').count()).toBe(0);

  await choose.setInputFiles(signed('jarvis.update', 4, update));
  await page.getByText('It is called jarvis.').waitFor();
  await page.getByRole('button', { name: 'Install', exact: true }).click();
  await page.getByText('Version 0.4 is installed.').waitFor();
  speaker.hear(demoRecording().subarray(0, 6 * SECOND));
  await page.getByText('Heard its name, “jarvis”').waitFor();

  await choose.setInputFiles(signed('again.update', 4, update));
  await page.getByText('not newer than what is installed').waitFor();
});
