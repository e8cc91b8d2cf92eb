import { spawnSync } from 'node:child_process';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type PageServer, servePage } from '../../../host-sim/tools/page/page';
import { buildPage } from '../../../host-sim/web/bundle/page';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');
export const hasBrowser = CHROMIUM !== undefined;

/** The simulator page, served on the loopback, in a browser. */
export interface OpenPage {
  readonly html: string;
  readonly url: string;
  readonly browser: Browser;
  readonly page: Page;
  /** What the page complained about, and what went elsewhere. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** @param switches of the browser */
export async function openPage(switches: readonly string[] = []): Promise<OpenPage> {
  const html = await buildPage();
  const server: PageServer = await servePage(html, { port: 0, address: '127.0.0.1' });
  const url = `http://127.0.0.1:${server.port}/`;
  const browser = await chromium.launch({
    executablePath: CHROMIUM as string,
    args: ['--no-sandbox', '--disable-gpu', ...switches],
  });
  const page = await browser.newPage({ acceptDownloads: true, viewport: { width: 1280, height: 900 } });
  const problems: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
  page.on('pageerror', (error) => void problems.push(String(error)));
  page.on('request', (request) => {
    const asked = request.url();
    if (asked !== url && !/^(blob|data):/.test(asked)) problems.push(`asked for ${asked}`);
  });
  await page.goto(url);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  return { html, url, browser, page, problems, close };
}

/** Waits until a recording was heard to its end. */
export async function heard(page: Page): Promise<void> {
  await page.locator('#timeline[data-state=heard]').waitFor({ timeout: 120_000 });
}

/** What a button lets the person save. */
export async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return download.path();
}
