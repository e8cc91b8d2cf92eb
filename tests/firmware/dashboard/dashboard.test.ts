import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FACTORY_SETTINGS, SETTING_FIELDS, SETTINGS, type Settings } from '../../../firmware/core/settings';
import { initialState } from '../../../firmware/core/state';
import { Dashboard } from '../../../firmware/dashboard/dashboard';
import type { Response } from '../../../firmware/dashboard/http';
import { MemoryStore } from '../../../firmware/fallbacks/memory-store';
import { checkExport, readExport } from '../../../firmware/record/export';
import { Record } from '../../../firmware/record/record';
import { ModelledFlash, testSeal } from '../record/modelled-flash';

const HOST = '192.168.1.20';

interface RecordPage {
  readonly entries: readonly { readonly index: number }[];
  readonly hasEarlier: boolean;
}

/** A dashboard whose time passes only when it is told to, and a browser before it. */
class Bench {
  readonly store = new MemoryStore();
  readonly seal = testSeal();
  readonly record = new Record(new ModelledFlash(6, 1024), this.seal);
  readonly asked: string[] = [];
  settings: Settings = FACTORY_SETTINGS;
  nowMs = 0;
  cookie: string | undefined;
  csrf: string | undefined;
  dashboard = this.open();

  open(): Dashboard {
    const bench = this;
    return new Dashboard({
      state: () => ({ ...initialState({ ...this.settings, muted: false }), booted: true }),
      change: (changes) => {
        this.settings = { ...this.settings, ...changes };
      },
      desk: () => ({
        record: this.record,
        now: { livedSeconds: 100 },
        add: (fact) => this.record.append({ ...fact, livedSeconds: 100 }),
        erase: (what) => void this.asked.push(what),
        eraseEntry: (index) => void this.asked.push(`entry ${index}`),
      }),
      clock: {
        get nowMs() {
          return bench.nowMs;
        },
      },
      store: this.store,
      seal: this.seal,
      file: (name) => (name === 'index.html' ? { type: 'text/html', text: '<!doctype html>' } : undefined),
      hostNames: ['earshot.local'],
    });
  }

  ask(
    method: string,
    url: string,
    body?: object,
    headers: Readonly<{ [name: string]: string | undefined }> = {},
  ): Response {
    this.nowMs += 100;
    const all: { [name: string]: string | undefined } = {
      host: HOST,
      cookie: this.cookie,
      'x-earshot-csrf': this.csrf,
      ...headers,
    };
    const [path = '', query = ''] = url.split('?');
    const response = this.dashboard.handle({
      method,
      path,
      query,
      header: (name) => all[name],
      body: body === undefined ? '' : JSON.stringify(body),
    });
    const [, cookie] = /^(earshot=[0-9a-f]*);/.exec(response.headers['set-cookie'] ?? '') ?? [];
    if (cookie !== undefined) this.cookie = cookie;
    return response;
  }

  /** Moves the switch on and off. */
  move(times: number): this {
    for (let i = 0; i < times; i += 1) {
      this.nowMs += 1_000;
      this.dashboard.switched(true);
      this.nowMs += 1_000;
      this.dashboard.switched(false);
    }
    return this;
  }

  pair(): this {
    const { moves } = answerOf(this.ask('POST', '/api/pair'));
    this.move(moves as number).nowMs += 3_000;
    expect(answerOf(this.ask('GET', '/api/pair'))).toEqual({ state: 'letIn' });
    this.csrf = answerOf(this.ask('GET', '/api/state')).csrf as string;
    return this;
  }
}

function textOf({ body }: Response): string {
  return typeof body === 'string' ? body : [...body].join('');
}

function answerOf(response: Response): { readonly [name: string]: unknown } {
  return JSON.parse(textOf(response));
}

describe('the page', () => {
  const folder = join(__dirname, '../../../firmware/dashboard/page');
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

  it('fits the flash, packed', () => {
    const byteLength = files.reduce((sum, text) => sum + gzipSync(text).length, 0);
    expect(byteLength).toBeGreaterThan(1_000);
    expect(byteLength).toBeLessThan(60 * 1024);
  });

  it('names nothing elsewhere, and makes no HTML out of text', () => {
    for (const text of files) {
      expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
      expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document[.]write|eval\(/);
    }
  });
});

describe('pairing', () => {
  it('lets in who moves the switch as often as asked', () => {
    const bench = new Bench();
    expect(bench.ask('GET', '/api/state').status).toBe(401);
    bench.pair();
    expect(bench.ask('GET', '/api/state').status).toBe(200);
    expect([...bench.record.entries()].map(({ entry }) => entry.type)).toEqual(['paired']);
  });

  it.each([-1, 1])('lets in nobody when the switch was moved %d times too often', (more) => {
    const bench = new Bench();
    const { moves } = answerOf(bench.ask('POST', '/api/pair'));
    bench.move((moves as number) + more).nowMs += 3_000;
    expect(answerOf(bench.ask('GET', '/api/pair')).state).not.toBe('letIn');
    expect(bench.ask('GET', '/api/state').status).toBe(401);
  });

  it('lets in nobody after the minute', () => {
    const bench = new Bench();
    const { moves } = answerOf(bench.ask('POST', '/api/pair'));
    bench.nowMs += 61_000;
    bench.move(moves as number).nowMs += 3_000;
    expect(answerOf(bench.ask('GET', '/api/pair'))).toEqual({ state: 'notAsking' });
  });

  it('lets in the browser that asked and no other', () => {
    const bench = new Bench();
    const { moves } = answerOf(bench.ask('POST', '/api/pair'));
    const mine = bench.cookie;
    bench.cookie = undefined;
    expect(bench.ask('POST', '/api/pair').status).toBe(409);
    bench.move(moves as number).nowMs += 3_000;
    bench.cookie = `earshot=${'0'.repeat(32)}`;
    expect(answerOf(bench.ask('GET', '/api/pair')).state).toBe('notAsking');
    bench.cookie = mine;
    expect(answerOf(bench.ask('GET', '/api/pair')).state).toBe('letIn');
  });

  it('asks for another number of moves from time to time', () => {
    const moves = Array.from({ length: 12 }, () => answerOf(new Bench().ask('POST', '/api/pair')).moves);
    expect(moves.every((number) => [2, 3, 4].includes(number as number))).toBe(true);
  });

  it('outlasts a restart, as a digest, and ends for all at once', () => {
    const bench = new Bench().pair();
    const token = bench.cookie?.slice('earshot='.length) ?? '';
    expect(bench.store.read('sessions')).not.toContain(token);
    bench.dashboard = bench.open();
    expect(bench.ask('GET', '/api/state').status).toBe(200);
    expect(bench.ask('POST', '/api/leave').status).toBe(200);
    bench.cookie = `earshot=${token}`;
    expect(bench.ask('GET', '/api/state').status).toBe(401);
  });

  it('gives a cookie that no script reads and no other page sends', () => {
    const cookie = new Bench().ask('POST', '/api/pair').headers['set-cookie'] ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\//);
  });

  it('may be asked for only so often', () => {
    const bench = new Bench();
    const statuses = Array.from({ length: 8 }, () => {
      bench.cookie = undefined;
      bench.nowMs += 1_000;
      return bench.ask('POST', '/api/pair').status;
    });
    expect(statuses).toContain(429);
  });
});

describe('the walls of the dashboard', () => {
  it.each([
    ['GET', '/api/state'],
    ['GET', '/api/record'],
    ['GET', '/api/export'],
    ['GET', '/api/live'],
    ['POST', '/api/settings'],
    ['POST', '/api/erase'],
    ['POST', '/api/leave'],
  ])('%s %s is for browsers that are paired', (method, path) => {
    const bench = new Bench();
    expect(bench.ask(method, path, {}).status).toBe(401);
    expect(bench.ask(method, path, {}, { cookie: `earshot=${'a'.repeat(32)}` }).status).toBe(401);
    expect(bench.asked).toEqual([]);
  });

  it.each([
    ['POST', '/api/settings', { name: 'volume', value: '10' }],
    ['POST', '/api/erase', { what: 'everything' }],
    ['POST', '/api/leave', {}],
  ])('%s %s needs what only its own page knows', (method, path, body) => {
    const bench = new Bench().pair();
    expect(bench.ask(method, path, body, { 'x-earshot-csrf': undefined }).status).toBe(403);
    expect(bench.ask(method, path, body, { origin: 'http://elsewhere.example' }).status).toBe(403);
    expect(bench.settings).toEqual(FACTORY_SETTINGS);
    expect(bench.asked).toEqual([]);
    expect(bench.ask('GET', '/api/state').status).toBe(200);
  });

  it.each([
    ['rebound.example', 421],
    ['rebound.example:80', 421],
    ['earshot.local.example', 421],
    ['192.168.1.20.example', 421],
    [undefined, 421],
    ['192.168.1.20', 200],
    ['192.168.1.20:8080', 200],
    ['[fe80::1]', 200],
    ['Earshot.local', 200],
  ])('the host %s gets %d', (host, status) => {
    expect(new Bench().pair().ask('GET', '/api/state', undefined, { host }).status).toBe(status);
  });

  it('slows down who is not paired, and not who is', () => {
    const stranger = new Bench();
    const friend = new Bench().pair();
    const statusesOf = (bench: Bench): number[] =>
      Array.from({ length: 60 }, () => {
        bench.nowMs -= 90;
        return bench.ask('GET', '/api/state').status;
      });
    expect(statusesOf(stranger)).toContain(429);
    expect(statusesOf(friend)).not.toContain(429);
  });

  it('say in every response that nothing from elsewhere may be loaded', () => {
    const bench = new Bench();
    for (const path of ['/', '/none', '/api/state', '/api/pair']) {
      const { headers } = bench.ask('GET', path);
      if (path === '/api/state' || path === '/none') continue;
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|http|\*/);
    }
  });
});

describe('the dashboard', () => {
  it('changes settings as the table of settings takes them', () => {
    const bench = new Bench().pair();
    expect(bench.ask('POST', '/api/settings', { name: 'retention', value: 'day' }).status).toBe(200);
    expect(bench.settings.retention).toBe('day');
    for (const body of [
      { name: 'retention', value: 'year' },
      { name: 'muted', value: 'off' },
      {},
      { name: 'volume', value: 200 },
    ])
      expect(bench.ask('POST', '/api/settings', body).status).toBe(400);
    expect(bench.settings).toEqual({ ...FACTORY_SETTINGS, retention: 'day' });
  });

  it('gives the record by pages, the newest first, each before the one that was given', () => {
    const bench = new Bench();
    bench.pair();
    const record = new Record(new ModelledFlash(8, 4096), testSeal());
    for (let livedSeconds = 0; livedSeconds < 120; livedSeconds += 1)
      record.append({ type: 'wakeWord', word: 'jarvis', livedSeconds });
    Object.assign(bench, { record });
    const pages: RecordPage[] = [];
    for (let url: string | undefined = '/api/record'; url !== undefined; ) {
      const page = answerOf(bench.ask('GET', url)) as unknown as RecordPage;
      pages.push(page);
      url = page.hasEarlier ? `/api/record?before=${page.entries[0]?.index}` : undefined;
    }
    expect(pages.map(({ entries }) => entries.length)).toEqual([50, 50, 20]);
    const indexes = pages.reverse().flatMap(({ entries }) => entries.map(({ index }) => index));
    expect(indexes).toEqual(Array.from({ length: 120 }, (_, index) => index));
    expect(pages.at(-1)).toMatchObject({ entryCount: 120, deleted: [], altered: [] });
    expect(pages[0]).not.toHaveProperty('altered');
  });

  it.each(['before=', 'before=x', 'before=-1', 'after=3', 'before=12345678901'])(
    'refuses a page of the record %s',
    (query) => {
      const bench = new Bench();
      bench.pair();
      expect(bench.ask('GET', `/api/record?${query}`).status).toBe(400);
    },
  );

  it('deletes what is there', () => {
    const bench = new Bench().pair();
    bench.ask('POST', '/api/erase', { what: 'today' });
    bench.ask('POST', '/api/erase', { what: 'entry', index: 0 });
    for (const body of [{ what: 'entry', index: 7 }, { what: 'entry', index: '0' }, { what: 'last' }, {}])
      expect(bench.ask('POST', '/api/erase', body).status).toBe(400);
    expect(bench.asked).toEqual(['today', 'entry 0']);
  });

  it('exports what is on record, the export too, so that it can be checked', () => {
    const bench = new Bench().pair();
    bench.record.append({ type: 'command', intent: 'turnOn', livedSeconds: 3 });
    const response = bench.ask('GET', '/api/export');
    expect(response.headers['content-disposition']).toMatch(/^attachment/);
    const exported = readExport(textOf(response));
    expect(checkExport(bench.seal, exported)).toEqual({ entryCount: 3, deleted: [], altered: [] });
  });

  it('tells live what happens, to who listens', () => {
    const bench = new Bench().pair();
    const sent: string[] = [];
    const end = bench.ask('GET', '/api/live').live?.((text) => void sent.push(text));
    bench.dashboard.tellRecorded(4, { type: 'mute', muted: true, livedSeconds: 5 });
    bench.dashboard.tellErased();
    end?.();
    bench.dashboard.tellErased();
    expect(sent).toEqual([
      'event: entry\ndata: {"index":4,"type":"mute","muted":true,"livedSeconds":5}\n\n',
      'event: erased\ndata: {}\n\n',
    ]);
  });

  it('has no page but its own', () => {
    const bench = new Bench();
    expect(bench.ask('GET', '/').status).toBe(200);
    expect(bench.ask('GET', '/../secret').status).toBe(404);
    expect(bench.ask('PUT', '/').status).toBe(405);
  });

  it('never throws, whatever it is asked', () => {
    const bench = new Bench().pair();
    for (const body of ['', '{', 'null', '[]', '"x"', '{"what":{}}', '{"name":["volume"],"value":null}'])
      for (const path of ['/api/settings', '/api/erase'])
        expect(
          bench.dashboard.handle({
            method: 'POST',
            path,
            header: (name) => ({ host: HOST, cookie: bench.cookie, 'x-earshot-csrf': bench.csrf })[name],
            body,
          }).status,
        ).toBe(400);
  });
});

test('the page has words of its own for every setting', async () => {
  const words = join(__dirname, '../../../firmware/dashboard/page/words.js');
  const { WORDS } = (await import(words)) as { WORDS: { settings: { readonly [name: string]: string } } };
  const names = SETTING_FIELDS.map((field) => SETTINGS[field].name);
  expect(names.filter((name) => !(name in WORDS.settings))).toEqual([]);
});
