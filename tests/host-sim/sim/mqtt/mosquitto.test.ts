import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agenda } from '../../../../firmware/core/agenda';
import type { HomeEntry } from '../../../../firmware/core/log';
import { DEFAULT_SETTINGS, initialState } from '../../../../firmware/core/state';
import type { Home } from '../../../../firmware/device/device';
import { command as replay } from '../../../../host-sim/cli/commands/replay';
import { readHomeFile } from '../../../../host-sim/packages/home-file';
import { BrokerHome } from '../../../../host-sim/sim/mqtt/broker-home';
import { carriedOut, ROOT } from '../../cli/command';
import { freePort, hasMosquitto, light, Mosquitto, type MosquittoOptions } from './mosquitto';

const MAP = join(ROOT, 'models/home/maps/zigbee2mqtt.yaml');
const KITCHEN_LIGHT = { room: 'kitchen', device: 'light' };
/** “Jarvis. Turn on the kitchen light.”, of the recording that comes with Earshot, and when it has been said. */
const SAID_MS = { from: 1_500, end: 4_900, through: 7_900 };

/** The first command alone, and what follows until it is answered. */
function firstCommand(folder: string): string {
  const wav = readFileSync(join(ROOT, 'host-sim/tools/replay/recordings/kitchen.wav'));
  const [head, bytesPerMs] = [44, 32];
  const sound = wav.subarray(head + SAID_MS.from * bytesPerMs, head + SAID_MS.through * bytesPerMs);
  const header = Buffer.from(wav.subarray(0, head));
  header.writeUInt32LE(36 + sound.length, 4);
  header.writeUInt32LE(sound.length, 40);
  const path = join(folder, 'command.wav');
  writeFileSync(path, Buffer.concat([header, sound]));
  return path;
}

interface Line {
  readonly atMs: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A home that lives by the world's clock. */
class LiveHome {
  readonly told: HomeEntry[] = [];
  readonly ended: object[] = [];
  readonly broker: BrokerHome;
  readonly home: Home;
  readonly #agenda = new Agenda();
  readonly #timer: NodeJS.Timeout;

  constructor({ port, ca, ...access }: { port: number; ca?: string; user?: string; password?: string }) {
    const startMs = performance.now();
    this.broker = new BrokerHome({
      broker: { host: '127.0.0.1', port, isSecure: ca !== undefined, ...access },
      map: readHomeFile(MAP),
      ca,
      board: 'a board',
      version: '0',
    });
    this.home = this.broker.make(
      this.#agenda,
      (id, ok, answer) => this.ended.push({ id, ok, says: answer?.says }),
      {
        state: () => initialState(DEFAULT_SETTINGS),
        change: () => {},
        tell: (what) => this.told.push(what),
      },
    );
    this.#timer = setInterval(() => this.#agenda.advance(performance.now() - startMs), 10);
  }

  get connections(): string[] {
    return this.told.flatMap((each) => (each.type === 'homeChanged' ? [each.why ?? 'connected'] : []));
  }

  async until(claim: () => boolean): Promise<void> {
    for (let i = 0; i < 1_000 && !claim(); i += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(claim()).toBe(true);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.broker.close();
  }
}

const describeWithMosquitto = hasMosquitto ? describe : describe.skip;

describeWithMosquitto('with a real broker', () => {
  const running: (() => Promise<void> | void)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'earshot-mqtt-'));
  const recording = hasMosquitto ? firstCommand(folder) : '';

  afterEach(async () => {
    for (const stop of running.splice(0).reverse()) await stop();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function broker(options: MosquittoOptions = {}): Promise<Mosquitto> {
    const mosquitto = await Mosquitto.start(options);
    running.push(() => mosquitto.stop());
    return mosquitto;
  }

  function live(options: ConstructorParameters<typeof LiveHome>[0]): LiveHome {
    const home = new LiveHome(options);
    running.push(() => home.close());
    return home;
  }

  async function replayed(
    ...words: string[]
  ): Promise<{ code: number | null; lines: Line[]; problems: string[] }> {
    const { code, lines, problems } = await carriedOut(replay, [recording, '--json', ...words]);
    return { code, lines: lines.map((line) => JSON.parse(line) as Line), problems };
  }

  it('a recording turns on a light that says so, over TLS and with a password', async () => {
    const mosquitto = await broker({ isSecure: true, user: 'anna', password: 'p@ss word' });
    const everything = await mosquitto.listen('#');
    await light(mosquitto, 'kitchen');
    const access = `mqtts://anna:p%40ss%20word@localhost:${mosquitto.port}`;
    const { code, lines } = await replayed('--mqtt', access, '--map', MAP, '--mqtt-ca', mosquitto.caFile);
    expect(code).toBe(0);
    expect(lines.find(({ type }) => type === 'actionDone')).toMatchObject({ ok: true });

    await everything.until(/availability offline/);
    const said = everything.lines.filter(
      (line) => !line.startsWith('homeassistant/') && !line.includes('/state/'),
    );
    expect(said).toEqual([
      'earshot/simulator/availability online',
      'earshot/simulator/wake {"event_type":"wakeWord","word":"jarvis"}',
      `earshot/simulator/command {"event_type":"command","intent":"turnOn","slots":${JSON.stringify(KITCHEN_LIGHT)}}`,
      'zigbee2mqtt/kitchen/set {"state":"ON"}',
      'zigbee2mqtt/kitchen {"state":"ON","brightness":254,"linkquality":120}',
      'earshot/simulator/availability offline',
    ]);
    const sent = lines
      .filter(({ type }) => type === 'messageSent')
      .map(({ topic, text }) => `${topic} ${text}`);
    expect(sent).toEqual(said.filter((line) => /\/(wake|command|set) /.test(line)));
    const order = lines.find(({ topic }) => topic === 'zigbee2mqtt/kitchen/set');
    expect((order?.atMs ?? 0) - (SAID_MS.end - SAID_MS.from)).toBeLessThanOrEqual(400);
  });

  it('a light that does not obey is said to have failed', async () => {
    const mosquitto = await broker();
    await light(mosquitto, 'kitchen', { obeys: false });
    const home = live({ port: mosquitto.port });
    await home.broker.connected;
    home.home.perform({ id: 1, intent: 'turnOn', slots: KITCHEN_LIGHT });
    await home.until(() => home.ended.length === 1);
    expect(home.ended).toEqual([{ id: 1, ok: false, says: 'homeFailed' }]);
  });

  it('the kitchen light is asked, and answers', async () => {
    const mosquitto = await broker();
    await mosquitto.publish('zigbee2mqtt/kitchen', '{"state":"ON"}', { isRetained: true });
    await light(mosquitto, 'kitchen');
    const home = live({ port: mosquitto.port });
    await home.broker.connected;
    let id = 0;
    const ask = (intent: string): void => home.home.perform({ id: ++id, intent, slots: KITCHEN_LIGHT });
    const answered = { ok: true, says: 'homeState' };
    await home.until(() => {
      ask('isOn'); // what is retained comes a moment later
      return 'ok' in (home.ended.at(-1) ?? {}) && JSON.stringify(home.ended.at(-1)).includes('homeState');
    });
    expect(home.ended.at(-1)).toEqual({ id, ...answered });
    ask('turnOff');
    await home.until(() => home.ended.length === id);
    expect(home.ended.at(-1)).toEqual({ id, ok: true, says: undefined });
  });

  it('a password that is wrong is said to be so, without repeating it', async () => {
    const mosquitto = await broker({ user: 'anna', password: 'right' });
    const { code, problems } = await replayed('--mqtt', `mqtt://anna:wrong@127.0.0.1:${mosquitto.port}`);
    expect(code).toBe(2);
    expect(problems.join()).toMatch(/no connection to mqtt:\/\/127.0.0.1:\d+: it does not let this user in/);
    expect(problems.join()).not.toContain('wrong');
  });

  it('a certificate that nobody vouches for is refused', async () => {
    const mosquitto = await broker({ isSecure: true });
    const other = await broker({ isSecure: true });
    await expect(live({ port: mosquitto.port, ca: other.ca }).broker.connected).rejects.toThrow(
      /self-signed certificate|unable to|signature failure/,
    );
  });

  it('a broker that is not there is said not to be', async () => {
    await expect(live({ port: await freePort() }).broker.connected).rejects.toThrow('ECONNREFUSED');
  });

  it('one that dies is missed, and found again', async () => {
    const first = await Mosquitto.start();
    const home = live({ port: first.port });
    await home.broker.connected;
    await first.stop();
    await home.until(() => home.connections.length >= 2);
    home.home.perform({ id: 1, intent: 'turnOn', slots: KITCHEN_LIGHT });
    expect(home.ended).toEqual([{ id: 1, ok: false, says: 'noHome' }]);
    const second = await broker({ port: first.port });
    await home.until(() => home.connections.at(-1) === 'connected' && home.connections.length >= 3);
    const kept = await second.listen('earshot/#');
    await kept.until(/availability online/);
  });

  it('one that stands still keeps nobody waiting', async () => {
    const mosquitto = await broker();
    await light(mosquitto, 'kitchen');
    const home = live({ port: mosquitto.port });
    await home.broker.connected;
    mosquitto.pause();
    const startMs = performance.now();
    home.home.perform({ id: 1, intent: 'turnOn', slots: KITCHEN_LIGHT });
    expect(performance.now() - startMs).toBeLessThan(100);
    await home.until(() => home.ended.length === 1);
    expect(home.ended).toEqual([{ id: 1, ok: false, says: 'homeSilent' }]);
  });

  it('one full of rubbish is put up with', async () => {
    const mosquitto = await broker();
    const rubbish = ['', 'null', '{', '"ON"', '{"state":{}}', '[]', 'x'.repeat(70_000), 'ON\u0007'];
    for (const [index, text] of rubbish.entries()) {
      const topic = [
        'zigbee2mqtt/kitchen',
        'homeassistant/status',
        'earshot/simulator/answer',
        'earshot/simulator/set/volume',
      ];
      await mosquitto.publish(topic[index % topic.length] ?? '', text, { isRetained: index % 2 === 0 });
    }
    await mosquitto.publish('earshot/simulator/set/softMute', 'on', { isRetained: true });
    await light(mosquitto, 'kitchen');
    const home = live({ port: mosquitto.port });
    await home.broker.connected;
    home.home.perform({ id: 1, intent: 'turnOn', slots: KITCHEN_LIGHT });
    await home.until(() => home.ended.length === 1);
    expect(home.ended).toEqual([{ id: 1, ok: true, says: undefined }]);
    expect(home.connections).toEqual(['connected']);
  });

  it('what is no broker at all is left alone', async () => {
    const server: Server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    running.push(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(live({ port }).broker.connected).rejects.toThrow('it sent a packet of type 4');
  });
});

describe('what --mqtt takes', () => {
  it.each([
    ['http://house', 'mqtt://[user:password@]host[:port]'],
    ['mqtt:', 'would be right'],
    ['mqtt://anna:secret@house/path', 'anna:…@house'],
    ['house', 'would be right'],
  ])('is not %s', async (text, problem) => {
    const { code, problems } = await carriedOut(replay, ['--demo', '--mqtt', text]);
    expect(code).toBe(2);
    expect(problems.join()).toContain(problem);
    expect(problems.join()).not.toContain('secret');
  });

  it('is needed by a map, and by Node', async () => {
    const alone = await carriedOut(replay, ['--demo', '--map', MAP]);
    expect(alone.problems.join()).toContain('--map is for a broker: --mqtt says which');
    const xs = await carriedOut(replay, ['--demo', '--mqtt', 'mqtt://127.0.0.1', '--engine', 'xs']);
    expect(xs.problems.join()).toContain('--engine node would be right');
  });
});
