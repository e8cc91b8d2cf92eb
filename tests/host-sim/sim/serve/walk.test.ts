import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { run } from '../../cli/command';
import { hasBrowser, Walk } from './walk';

const testInBrowser = hasBrowser ? test : test.skip;
const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violations(walk: Walk): Promise<string[]> {
  // the page's own policy forbids scripts from elsewhere; this one goes in as the debugger's
  await walk.page.evaluate(AXE);
  const found = (await walk.page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)",
  )) as Violation[];
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

testInBrowser(
  'a person pairs, sees a command live, deletes it, chooses how long to keep, exports and checks',
  async () => {
    const walk = await Walk.begin();
    try {
      const { page } = walk;
      const elsewhere: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(walk.url)) elsewhere.push(request.url());
      });
      const problems: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
      page.on('pageerror', (error) => void problems.push(String(error)));

      await page.goto(walk.url);
      expect(await violations(walk)).toEqual([]);
      await walk.pair();
      expect(await violations(walk)).toEqual([]);

      walk.say('volumeUp');
      const heard = page.getByText('Understood: volume up');
      await heard.waitFor();
      walk.move(true);
      await page.getByText('Not one sound is heard').waitFor();
      expect(await violations(walk)).toEqual([]);
      walk.move(false);
      await page.getByText('Listens for its name').waitFor();

      await page.getByRole('button', { name: 'Delete: Understood: volume up' }).click();
      await heard.waitFor({ state: 'detached' });
      await page.getByText(/Deleted entry \d+, because somebody wanted it so/).waitFor();

      await page.getByRole('radio', { name: 'One day' }).check();
      await page.getByText('Saved.').waitFor();
      expect(walk.session.device.runtime.state.retention).toBe('day');

      walk.say('volumeDown');
      await page.getByText('Understood: volume down').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export' }).click(),
      ]);
      const file = await download.path();
      expect(readFileSync(file, 'utf8')).not.toContain('volumeUp');
      expect(run(['record', 'check', file])).toMatchObject({ code: 0 });

      await page.getByRole('button', { name: 'Delete everything' }).click();
      expect(await violations(walk)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('Deleted all before entry').waitFor();
      await page.getByText('Understood: volume down').waitFor({ state: 'detached' });
      expect(elsewhere).toEqual([]);
      expect(problems.filter((text) => !text.includes('401'))).toEqual([]);
    } finally {
      await walk.end();
    }
  },
  240_000,
);
