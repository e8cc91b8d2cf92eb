import { Agenda } from '../../../firmware/core/agenda';
import { reconnectDelayMs } from '../../../firmware/core/link';
import { WifiLink } from '../../../firmware/io/link';

class FakeWifi {
  static made: FakeWifi[] = [];
  connection = 200;
  readonly attempts: string[] = [];
  refuses = false;
  closed = 0;
  readonly #onChanged: (property: string) => void;

  constructor({ onChanged }: { readonly onChanged: (property: string) => void }) {
    this.#onChanged = onChanged;
    FakeWifi.made.push(this);
  }

  connect({ SSID, password }: { readonly SSID: string; readonly password?: string }): void {
    this.attempts.push(`${SSID} ${password ?? ''}`);
    if (this.refuses) throw new Error('already connecting');
    this.connection = 300;
  }

  become(connection: number): void {
    this.connection = connection;
    this.#onChanged('connection');
  }

  close(): void {
    this.closed += 1;
  }
}

function connected(SSID = 'house', password?: string) {
  const agenda = new Agenda();
  const told: boolean[] = [];
  const link = new WifiLink(FakeWifi, {
    SSID,
    ...(password === undefined ? {} : { password }),
    agenda,
    onChanged: (isUp) => void told.push(isUp),
  });
  return { agenda, told, link, wifi: FakeWifi.made.at(-1) as FakeWifi };
}

it('connects at once, and is up with an address', () => {
  const { link, wifi, told } = connected('house', 'secret');
  expect(wifi.attempts).toEqual(['house secret']);
  wifi.become(400);
  expect(link.isUp).toBe(false);
  wifi.become(500);
  expect([link.isUp, ...told]).toEqual([true, true]);
});

it('tells a loss once and tries again, ever more patiently', () => {
  const { agenda, wifi, told } = connected();
  wifi.become(500);
  wifi.become(200);
  wifi.become(200);
  expect(told).toEqual([true, false]);
  const startMs = agenda.nowMs;
  const triedAt: number[] = [];
  for (let atMs = startMs; atMs < startMs + 200_000; atMs += 100) {
    const before = wifi.attempts.length;
    agenda.advance(atMs);
    if (wifi.attempts.length === before) continue;
    triedAt.push(atMs);
    wifi.become(200);
  }
  expect(triedAt).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 124_000, 184_000]);
});

it('is patient anew after it has been up', () => {
  const { agenda, wifi } = connected();
  for (let i = 0; i < 5; i += 1) {
    wifi.become(200);
    agenda.advance(agenda.nowMs + 60_000);
  }
  wifi.become(500);
  wifi.become(200);
  const before = wifi.attempts.length;
  agenda.advance(agenda.nowMs + 1_000);
  expect(wifi.attempts).toHaveLength(before + 1);
});

it('tries later when the radio refuses', () => {
  const { agenda, wifi } = connected();
  wifi.refuses = true;
  wifi.become(200);
  agenda.advance(1_000);
  wifi.refuses = false;
  agenda.advance(3_000);
  expect(wifi.attempts).toHaveLength(3);
});

it('does and tells nothing once closed, and may be closed twice', () => {
  const { agenda, wifi, link, told } = connected();
  wifi.become(500);
  wifi.become(200);
  link.close();
  link.close();
  wifi.become(500);
  agenda.advance(100_000);
  expect([wifi.closed, wifi.attempts.length, told.length, link.isUp]).toEqual([1, 1, 2, false]);
});

it.each(['', 'a name that is longer than a network can have'])('refuses the network name %p', (name) => {
  expect(() => connected(name)).toThrow(RangeError);
});

it('waits a minute at most', () => {
  expect([0, 1, 2, 7, 1e9].map(reconnectDelayMs)).toEqual([1_000, 1_000, 2_000, 60_000, 60_000]);
});
