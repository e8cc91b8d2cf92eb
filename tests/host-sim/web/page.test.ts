import { copyFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findDemo } from '../../../host-sim/tools/replay/recordings/demo';
import { ROOT, run } from '../cli/command';
import { hasBrowser, heard, type OpenPage, openPage, saved } from './open-page';

const testInBrowser = hasBrowser ? test : test.skip;
const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MOST_BYTES = 3 * 2 ** 20;
/** Of a screen with 60 pictures a second, painted in software while other tests run. */
const MOST_PAINT_MS = 16;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

let open: OpenPage;

beforeAll(async () => {
  if (hasBrowser) open = await openPage();
}, 120_000);

afterAll(() => open?.close());

async function violations(): Promise<string[]> {
  // the page's own policy forbids other scripts; this one goes in as the debugger's
  await open.page.evaluate(AXE);
  const found = (await open.page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(RULES)} }).then((r) => r.violations)`,
  )) as Violation[];
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the simulator page', () => {
  testInBrowser(
    'hears of the bundled recording what a replay does, byte for byte, and what it saves is what a replay expects',
    async () => {
      await heard(open.page);
      const folder = dirname(findDemo().path);
      const expected = await saved(open.page, 'Save as expectation');
      const held = ['replay', 'kitchen.wav', '--mute', '18.3-24.3', '--json', '--expect', expected];
      const replayed = run(held, {}, { folder });
      expect(replayed.code).toBe(0);
      expect(readFileSync(await saved(open.page, 'Save the events'), 'utf8')).toBe(replayed.out);
    },
    120_000,
  );

  testInBrowser(
    'has no fault that axe finds, in the light and in the dark, and asks for nothing',
    async () => {
      await heard(open.page);
      await open.page.getByRole('button', { name: /0:05.24/ }).click();
      expect(await violations()).toEqual([]);
      await open.page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations()).toEqual([]);
      await open.page.emulateMedia({ colorScheme: 'light' });
      expect(open.problems).toEqual([]);
    },
  );

  testInBrowser('is refused by its policy whatever it asks for, also of its own server', async () => {
    const planted = (address: string): Promise<string> =>
      open.page.evaluate(`fetch(${JSON.stringify(address)}).then(() => 'sent', () => 'refused')`);
    expect(await planted(open.url)).toBe('refused');
    expect(await planted('http://127.0.0.1:9/')).toBe('refused');
    const worker = `
      const text = "fetch('${open.url}').then(() => postMessage('sent'), () => postMessage('refused'))";
      const planted = new Worker(URL.createObjectURL(new Blob([text])));
      new Promise((resolve) => { planted.onmessage = ({ data }) => resolve(data); })`;
    expect(await open.page.evaluate(worker)).toBe('refused');
    open.problems.length = 0;
  });

  testInBrowser('is light, and paints within its time', async () => {
    expect(gzipSync(open.html).length).toBeLessThan(MOST_BYTES);
    const { page } = open;
    await page.getByRole('button', { name: 'Look closer' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForTimeout(1500);
    await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
    expect(Number(await page.locator('.lanes').getAttribute('data-paint-ms'))).toBeLessThan(MOST_PAINT_MS);
  });

  testInBrowser(
    'reads what a replay reads, and hears the same in it',
    async () => {
      const { page } = open;
      const folder = join(ROOT, 'tests/fixtures/recordings');
      await heard(page);
      const files = ['stereo-24-bit.flac', 'ffmpeg.opus'];
      let texts = '';
      for (const file of files) {
        await page.locator('#file').setInputFiles(join(folder, file));
        await page.getByText(new RegExp(`^${file}`)).waitFor();
        await heard(page);
        texts += readFileSync(await saved(page, 'Save the events'), 'utf8');
      }
      expect(texts).toBe(run(['replay', ...files, '--json'], {}, { folder }).out);
    },
    120_000,
  );

  testInBrowser(
    'mutes from where the switch is moved, and the button is as good as the wake word',
    async () => {
      const { page } = open;
      await page.getByRole('button', { name: 'Kitchen morning' }).click();
      await page.getByText(/^kitchen.wav/).waitFor();
      await heard(page);
      await page.getByRole('slider', { name: 'Position' }).fill('2000');
      await page.getByRole('switch', { name: 'Mute' }).click();
      await heard(page);
      await page.getByRole('slider', { name: 'Position' }).fill('2500');
      await page.getByText('Muted. Not one sound is heard.').waitFor();
      await expect(page.getByText('turn on the kitchen light').count()).resolves.toBe(0);
      await page.getByRole('switch', { name: 'Mute' }).click();
      await heard(page);
      await page.getByRole('slider', { name: 'Position' }).fill('3000');
      await page.getByRole('button', { name: 'Button' }).click();
      await heard(page);
      await page.getByRole('button', { name: /turn on the kitchen light/ }).waitFor();
    },
    120_000,
  );

  testInBrowser(
    'says what a sentence means or where it stopped, and what is wrong with a grammar by line; hears with one that is right',
    async () => {
      const { page } = open;
      const meaning = page.locator('#meaning');
      await page.getByRole('textbox', { name: 'A sentence' }).fill('turn on the kitchen light');
      await meaning.getByText('turn on').waitFor({ timeout: 60_000 });
      expect(await meaning.textContent()).toBe('turn onroom: kitchendevice: light');
      await page.getByRole('textbox', { name: 'A sentence' }).fill('turn on the kitchen elephant');
      await meaning.getByText('Understood “turn on the kitchen”, then stopped at “elephant”.').waitFor();
      await page.getByText('The sentences that it understands').click();
      const grammar = page.getByRole('textbox', { name: 'The grammar' });
      await grammar.fill('list room = kitchen\nlit: turn on the {rom} light\n');
      await page.getByRole('button', { name: 'home.grammar, line 2' }).waitFor();
      await page.getByText("Did you mean 'room'?").waitFor();
      await grammar.fill('list room = kitchen\nlit: turn on the {room} light\n');
      await page.getByText('Nothing is wrong with it.').waitFor();
      await page.getByRole('button', { name: 'Kitchen morning' }).click();
      await heard(page);
      await page.getByRole('button', { name: 'Hear with these sentences' }).click();
      await page
        .getByRole('button', { name: /turn on the kitchen light.*lit kitchen/ })
        .waitFor({ timeout: 60_000 });
    },
    180_000,
  );

  testInBrowser('counts what the person says of near misses, and which sensitivity would suit', async () => {
    const { page } = open;
    await page.getByRole('button', { name: /near miss/ }).click();
    await page.getByRole('button', { name: 'This was me' }).click();
    await page.getByText('0 right, 1 missed, 0 woken falsely. Try “more easily”.').waitFor();
    await page.getByRole('button', { name: 'This was not me' }).click();
    await page.getByText('1 right, 0 missed, 0 woken falsely.').waitFor();
  });

  testInBrowser('opens a session that was saved, and tells why what is in it came', async () => {
    const { page } = open;
    await page.locator('#file').setInputFiles({
      name: 'morning.events.jsonl',
      mimeType: 'text/plain',
      buffer: Buffer.from('{"atMs":1230,"type":"speechEnded","file":"a.wav","reason":"silence"}\n'),
    });
    await page.getByText('morning.events.jsonl · events without sound').waitFor();
    await page.getByRole('button', { name: /0:01.23/ }).click();
    await page.getByText('Listening ended without a command.').waitFor();
    await page.locator('#file').setInputFiles({
      name: 'wrong.jsonl',
      mimeType: 'text/plain',
      buffer: Buffer.from('{"at":1}\n'),
    });
    await page.getByText('wrong.jsonl is no session: a line is no event.').waitFor();
  });

  testInBrowser(
    'can be kept, and works from the disk with no network',
    async () => {
      const { page } = open;
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Keep the page' }).click(),
      ]);
      const file = await download.path();
      expect(readFileSync(file, 'utf8')).toBe(open.html);
      const kept = join(dirname(file), 'earshot.html');
      copyFileSync(file, kept);
      await page.context().setOffline(true);
      await page.goto(`file://${kept}`);
      await heard(page);
      await page.getByRole('button', { name: /turn on the kitchen light/ }).waitFor();
    },
    120_000,
  );
});
