/** Takes pictures of the dashboard on a phone's and a desk's width, dark and light: `npm run screenshots [FOLDER]`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Walk } from './walk';

const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const SCHEMES = ['light', 'dark'] as const;
const folder = process.argv[2] ?? 'build/screenshots';

mkdirSync(folder, { recursive: true });
const walk = await Walk.begin();
const { page } = walk;

async function picture(name: string): Promise<void> {
  for (const [device, size] of Object.entries(WIDTHS))
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
}

await page.goto(walk.url);
await page.getByRole('button', { name: 'Pair this browser' }).click();
await page.locator('.moves').waitFor();
await picture('pairing');
walk.pass(62_000);
await walk.pair();
walk.session.device.change({ recordDetails: true });
walk.say('setTimer', { duration: '480', name: 'pasta' });
walk.say('turnOn', { device: 'light', room: 'kitchen' });
walk.nearlyWake();
walk.say('volumeUp');
walk.move(true);
walk.move(false);
await page.getByText('Understood: volume up').waitFor();
await page.waitForTimeout(6_000);
await picture('heard');
walk.move(true);
await page.getByText('Not one sound is heard').waitFor();
await page.getByRole('button', { name: 'Delete everything' }).click();
await picture('muted-and-asked');
await walk.end();
