import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../host-sim/packages/root';

/** A Debian of its own, as Home Assistant wants a newer Python than most systems have. */
const SUITE = 'trixie';
const DEBIAN = join(ROOT, 'build/home-assistant', SUITE);
const VERSION = '2026.2.3';
const IN_DEBIAN = { python: '/home-assistant/bin/python', configuration: '/configuration' };
const NEEDED = 'python3,python3-venv,python3-dev,gcc,libc6-dev,ca-certificates,libturbojpeg0,ffmpeg';
const START_MS = 300_000;
const PATIENCE_MS = 30_000;
const USER = { name: 'Anna', username: 'anna', password: 'anna-at-home', language: 'en' };

/** What must be there before: root, and Debian's `debootstrap`. Undefined when all is well. */
export function whatIsMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'root, who alone may make a Debian in a folder';
  return spawnSync('debootstrap', ['--version']).error
    ? 'debootstrap: apt-get install debootstrap'
    : undefined;
}

/** Installs Home Assistant from PyPI below `build`, once: some minutes. */
export function install(): void {
  if (!existsSync(join(DEBIAN, 'etc/os-release'))) {
    mkdirSync(DEBIAN, { recursive: true });
    run('debootstrap', ['--variant=minbase', `--include=${NEEDED}`, SUITE, DEBIAN]);
  }
  for (const file of ['etc/resolv.conf', 'etc/pip.conf', 'etc/ssl/certs/ca-certificates.crt'])
    if (existsSync(join('/', file))) copyFileSync(join('/', file), join(DEBIAN, file));
  if (
    inDebian([
      IN_DEBIAN.python,
      '-c',
      `from homeassistant.const import __version__ as v; assert v == '${VERSION}'`,
    ])
  )
    return;
  const venv = IN_DEBIAN.python.replace('/bin/python', '');
  if (
    !inDebian(['python3', '-m', 'venv', venv]) ||
    !inDebian([IN_DEBIAN.python, '-m', 'pip', 'install', '-q', `homeassistant==${VERSION}`])
  )
    throw new Error(`Home Assistant ${VERSION} could not be installed: see above`);
}

/** Home Assistant with an owner, on the loopback. */
export class HomeAssistant {
  readonly #port: number;
  readonly #folder = join(DEBIAN, IN_DEBIAN.configuration);
  #process: ChildProcess | undefined;
  #token = '';

  constructor(port: number) {
    this.#port = port;
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder);
  }

  /** @param more of its configuration, as YAML */
  async start(more = ''): Promise<void> {
    const configuration = readFileSync(join(__dirname, 'configuration.yaml'), 'utf8');
    writeFileSync(
      join(this.#folder, 'configuration.yaml'),
      configuration.replace('PORT', String(this.#port)) + more,
    );
    const words = [DEBIAN, IN_DEBIAN.python, '-m', 'homeassistant', '-c', IN_DEBIAN.configuration];
    this.#process = spawn('chroot', words, { stdio: ['ignore', 'inherit', 'inherit'] });
    const deadlineMs = performance.now() + START_MS;
    for (;;) {
      const answer = await fetch(this.#url('/api/onboarding')).catch(() => undefined);
      if (answer?.ok) return;
      if (performance.now() > deadlineMs) throw new Error('Home Assistant does not start');
      await pause();
    }
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null) return;
    running.kill('SIGTERM');
    await once(running, 'exit');
  }

  /** The first user, as a person makes one. */
  async makeOwner(): Promise<void> {
    const client_id = this.#url('/');
    const { auth_code: code } = await this.#ask('POST', '/api/onboarding/users', { client_id, ...USER });
    const form = new URLSearchParams({ grant_type: 'authorization_code', code: String(code), client_id });
    const answer = await fetch(this.#url('/auth/token'), { method: 'POST', body: form });
    this.#token = ((await answer.json()) as { access_token: string }).access_token;
  }

  /** Sets up its MQTT integration as the page does. */
  async connectTo(broker: {
    broker: string;
    port: number;
    username: string;
    password: string;
  }): Promise<void> {
    const flow = '/api/config/config_entries/flow';
    const { flow_id } = await this.#ask('POST', flow, { handler: 'mqtt' });
    const { type } = await this.#ask('POST', `${flow}/${flow_id}`, broker);
    if (type !== 'create_entry') throw new Error(`the MQTT integration is not set up: ${type}`);
  }

  /** What a template of Jinja gives. */
  async template(template: string): Promise<string> {
    const answer = await this.#send('POST', '/api/template', { template });
    return answer.text();
  }

  async call(service: string, data: object): Promise<void> {
    await this.#send('POST', `/api/services/${service.replace('.', '/')}`, data);
  }

  async state(entity: string): Promise<{ state: string; attributes: Record<string, unknown> }> {
    const answer = await this.#send('GET', `/api/states/${entity}`);
    if (!answer.ok) return { state: `none: ${answer.status}`, attributes: {} };
    return (await answer.json()) as { state: string; attributes: Record<string, unknown> };
  }

  /** Waits until a template gives a text. */
  async until(template: string, expected: string): Promise<void> {
    const deadlineMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const given = await this.template(template);
      if (given === expected) return;
      if (performance.now() > deadlineMs) throw new Error(`${template} is ${given}, not ${expected}`);
      await pause();
    }
  }

  async #ask(method: string, path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await this.#send(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  #send(method: string, path: string, body?: object): Promise<Response> {
    const authorization = this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
    return fetch(this.#url(path), {
      method,
      headers: { 'content-type': 'application/json', ...authorization },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  #url(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 200));
}

function run(program: string, words: readonly string[]): void {
  if (spawnSync(program, words, { stdio: 'inherit' }).status !== 0)
    throw new Error(`${program} failed: see above`);
}

function inDebian(words: readonly string[]): boolean {
  return spawnSync('chroot', [DEBIAN, ...words], { stdio: ['ignore', 'inherit', 'ignore'] }).status === 0;
}
