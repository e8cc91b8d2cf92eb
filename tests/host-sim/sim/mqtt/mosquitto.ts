import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where Debian has it, which is in root's path alone. */
const BROKER = '/usr/sbin/mosquitto';
const PROGRAMS = [BROKER, 'mosquitto_sub', 'mosquitto_pub', 'mosquitto_passwd', 'openssl'];

/** Whether Debian's `mosquitto`, `mosquitto-clients` and `openssl` are there. */
export const hasMosquitto = PROGRAMS.every((name) => spawnSync(name, ['--help']).error === undefined);

export interface MosquittoOptions {
  readonly user?: string;
  readonly password?: string;
  readonly isSecure?: boolean;
  /** Instead of any that is free. */
  readonly port?: number;
}

const PATIENCE_MS = 20_000;

/** Eclipse Mosquitto on the loopback, with what it takes: a password, a certificate of a CA of its own. */
export class Mosquitto {
  readonly port: number;
  /** The CA's certificate. */
  readonly caFile: string;
  readonly #options: MosquittoOptions;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #clients: ChildProcess[] = [];

  static async start(options: MosquittoOptions = {}): Promise<Mosquitto> {
    const port = options.port ?? (await freePort());
    const broker = new Mosquitto(options, port);
    await broker.#isUp();
    return broker;
  }

  private constructor(options: MosquittoOptions, port: number) {
    this.port = port;
    this.#options = options;
    this.#folder = mkdtempSync(join(tmpdir(), 'earshot-mosquitto-'));
    chmodSync(this.#folder, 0o755); // it gives up being root
    this.caFile = join(this.#folder, 'ca.pem');
    writeFileSync(join(this.#folder, 'mosquitto.conf'), this.#configuration());
    this.#process = spawn(BROKER, ['-v', '-c', join(this.#folder, 'mosquitto.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  #configuration(): string {
    const { user, password, isSecure } = this.#options;
    const lines = [`listener ${this.port} 127.0.0.1`, `allow_anonymous ${user === undefined}`];
    if (user !== undefined) {
      const file = join(this.#folder, 'passwords');
      spawnSync('mosquitto_passwd', ['-b', '-c', file, user, password ?? '']);
      chmodSync(file, 0o644);
      lines.push(`password_file ${file}`);
    }
    if (isSecure) {
      makeCertificates(this.#folder);
      lines.push(
        `certfile ${join(this.#folder, 'broker.pem')}`,
        `keyfile ${join(this.#folder, 'broker.key')}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }

  async #isUp(): Promise<void> {
    const { stderr } = this.#process;
    if (!stderr) throw new Error('mosquitto has no standard error');
    for await (const line of createInterface(stderr)) {
      if (!line.includes('running')) continue;
      stderr.resume();
      return;
    }
    throw new Error('mosquitto does not start');
  }

  /** Every message under a topic from now on, as `topic text`. */
  async listen(topic: string): Promise<Heard> {
    const client = spawn('stdbuf', ['-oL', 'mosquitto_sub', ...this.#access(), '-t', topic, '-v', '-d']);
    this.#clients.push(client);
    const heard = new Heard();
    let isListening: () => void = () => {};
    const listening = new Promise<void>((resolve) => {
      isListening = resolve;
    });
    createInterface(client.stdout).on('line', (line) => {
      if (line.startsWith('Subscribed')) isListening();
      else if (!/^(Client |Subscribed)/.test(line)) heard.take(line);
    });
    await listening;
    return heard;
  }

  async publish(topic: string, text: string, { isRetained = false } = {}): Promise<void> {
    const flags = isRetained ? ['-r'] : [];
    const client = spawn('mosquitto_pub', [...this.#access(), '-t', topic, '-m', text, ...flags]);
    await once(client, 'exit');
  }

  /** Publishes each line that is written, as fast as a device would. */
  speaker(topic: string): (text: string) => void {
    const client = spawn('mosquitto_pub', [...this.#access(), '-t', topic, '-l']);
    this.#clients.push(client);
    return (text) => void client.stdin.write(`${text}\n`);
  }

  /** Stands still, as a broker that is overloaded. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.kill('SIGKILL');
    this.resume();
    this.#process.kill('SIGTERM');
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get ca(): string {
    return readFileSync(this.caFile, 'utf8');
  }

  #access(): string[] {
    const { user, password, isSecure } = this.#options;
    return [
      ...['-h', '127.0.0.1', '-p', String(this.port)],
      ...(user === undefined ? [] : ['-u', user, '-P', password ?? '']),
      ...(isSecure ? ['--cafile', this.caFile] : []),
    ];
  }
}

/** What somebody hears, and a way to wait for it. */
export class Heard {
  readonly lines: string[] = [];
  #onLine: () => void = () => {};
  #listeners: ((line: string) => void)[] = [];

  take(line: string): void {
    this.lines.push(line);
    this.#onLine();
    for (const listener of this.#listeners) listener(line);
  }

  onLine(listener: (line: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves when a line of this kind was heard. */
  async until(pattern: RegExp): Promise<string> {
    const deadlineMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const line = this.lines.find((each) => pattern.test(each));
      if (line !== undefined) return line;
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) throw new Error(`nothing like ${pattern} among\n${this.lines.join('\n')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#onLine = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

function makeCertificates(folder: string): void {
  const at = (name: string): string => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  for (const options of [
    ['req', '-x509', ...key, '-subj', '/CN=a CA at home', '-keyout', at('ca.key'), '-out', at('ca.pem')],
    ['req', ...key, '-subj', '/CN=localhost', '-keyout', at('broker.key'), '-out', at('broker.csr')],
    [
      ...['x509', '-req', '-in', at('broker.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-days', '2'],
      ...['-CAcreateserial', '-extfile', at('names'), '-out', at('broker.pem')],
    ],
  ]) {
    const { status, stderr } = spawnSync('openssl', options, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl: ${stderr}`);
  }
  chmodSync(at('broker.key'), 0o644);
}

/** A light on Zigbee2MQTT, as its documentation has its messages: does what it is told and says so. */
export async function light(broker: Mosquitto, name: string, { obeys = true } = {}): Promise<Heard> {
  const orders = await broker.listen(`zigbee2mqtt/${name}/set`);
  const say = broker.speaker(`zigbee2mqtt/${name}`);
  let state = 'OFF';
  orders.onLine((line) => {
    const { state: wanted } = JSON.parse(line.slice(line.indexOf(' '))) as { state?: string };
    if (obeys && wanted !== undefined) state = wanted === 'TOGGLE' ? (state === 'ON' ? 'OFF' : 'ON') : wanted;
    say(JSON.stringify({ state, brightness: 254, linkquality: 120 }));
  });
  return orders;
}
