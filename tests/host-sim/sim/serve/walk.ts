import { spawnSync } from 'node:child_process';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { SimulatedEar } from '../../../../host-sim/sim/io/simulated-ear';
import { MemoryPages } from '../../../../host-sim/sim/record/memory-pages';
import { serveSpeaker } from '../../../../host-sim/sim/serve/served-speaker';
import { type RunningServer, serveDashboard } from '../../../../host-sim/sim/serve/server';
import type { Session } from '../../../../host-sim/sim/session';

export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');
export const hasBrowser = CHROMIUM !== undefined;

/** An ear that hears what it is told, for as long as it is asked. */
class ToldEar implements SimulatedEar {
  readonly #waiting: string[] = [];
  tell(event: object): void {
    this.#waiting.push(JSON.stringify(event));
  }
  hear(sampleCount: number): number {
    return sampleCount;
  }
  takeEvent(): string | undefined {
    return this.#waiting.shift();
  }
  listen(): void {}
  stopListening(): void {}
  setMuted(): void {}
  setSensitivity(): void {}
  setGuard(): void {}
}

const STEP_MS = 10;

/** A simulated speaker with its dashboard on the loopback, and a browser before it. */
export class Walk {
  readonly #ear = new ToldEar();
  readonly #browser: Browser;
  readonly session: Session;
  readonly server: RunningServer;
  readonly page: Page;

  private constructor(browser: Browser, page: Page, session: Session, server: RunningServer, ear: ToldEar) {
    this.#browser = browser;
    this.#ear = ear;
    this.page = page;
    this.session = session;
    this.server = server;
  }

  static async begin(): Promise<Walk> {
    const browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const ear = new ToldEar();
    const { session, dashboard } = serveSpeaker({
      ear,
      pixelCount: 12,
      pages: new MemoryPages(),
      write: () => {},
    });
    const server = await serveDashboard(() => dashboard, { port: 0, address: '127.0.0.1' });
    const page = await browser.newPage({ acceptDownloads: true });
    const walk = new Walk(browser, page, session, server, ear);
    walk.pass(1_000);
    return walk;
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}/`;
  }

  /** Lets the speaker live for so long, in no time. */
  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += STEP_MS) this.session.step();
  }

  /** Somebody says the name and a command. */
  say(intent: string, slots: Readonly<{ [name: string]: string }> = {}): void {
    const sample = this.session.atMs * 16;
    this.#ear.tell({ type: 'wakeWordHeard', sample, word: 'jarvis', confidence: 1 });
    this.pass(40);
    const tokens = [
      `<${intent}`,
      ...Object.entries(slots).map(([name, value]) => `@${name}=${value}`),
      intent,
    ];
    this.#ear.tell({ type: 'commandHeard', sample, confidence: 1, tokens });
    this.pass(3_000);
  }

  nearlyWake(): void {
    const sample = this.session.atMs * 16;
    this.#ear.tell({
      type: 'nearMiss',
      sample,
      word: 'jarvis',
      confidence: 0.6,
      reason: 'belowCutoff',
      levelDb: -30,
    });
    this.pass(40);
  }

  move(muted: boolean): void {
    this.session.setMuted(muted);
    this.pass(300);
  }

  async pair(): Promise<void> {
    await this.page.goto(this.url);
    await this.page.getByRole('button', { name: 'Pair this browser' }).click();
    const asked = await this.page.locator('.moves').textContent();
    const moves = Number(/(\d) times/.exec(asked ?? '')?.[1]);
    for (let i = 0; i < moves; i += 1) {
      this.move(true);
      this.move(false);
    }
    this.pass(3_000);
    await this.page.locator('#ear').waitFor();
  }

  async end(): Promise<void> {
    await this.#browser.close();
    await this.server.close();
  }
}
