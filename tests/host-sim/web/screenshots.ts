/** Takes pictures of the simulator page on a phone's and a desk's width, dark and light, and the one in the README:
 * `npm run screenshots:page [FOLDER]`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../host-sim/packages/root';
import { heard, openPage } from './open-page';

const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const SCHEMES = ['light', 'dark'] as const;
const folder = process.argv[2] ?? 'build/screenshots';

mkdirSync(folder, { recursive: true });
const open = await openPage();
const { page } = open;

async function picture(name: string): Promise<void> {
  for (const [device, size] of Object.entries(WIDTHS))
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
}

await heard(page);
await page.getByRole('slider', { name: 'Position' }).fill('4400');
await page.getByRole('slider', { name: 'Position' }).blur();
await page.waitForTimeout(300);
await page.screenshot({ path: join(ROOT, 'host-sim/web/page.png') });
await picture('page');
await page.setViewportSize(WIDTHS.desk);
await page.getByRole('button', { name: /near miss/ }).click();
for (let times = 0; times < 3; times += 1) await page.getByRole('button', { name: 'Look closer' }).click();
await page.getByRole('textbox', { name: 'A sentence' }).fill('turn on the kitchen lamp at seven');
await page.locator('#meaning strong, #meaning p + p').first().waitFor({ timeout: 60_000 });
await picture('closer');
await open.close();
