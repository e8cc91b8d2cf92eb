/** A home behind a pretended broker that sends what a hostile or a careless one would. Runs under Node and under XS alike, which
 * must agree in every line, and in a machine of the chip's size, which must last. */
import { Agenda } from '../../../../firmware/core/agenda';
import type { HomeMap } from '../../../../firmware/core/home-map';
import { reduce } from '../../../../firmware/core/reducer';
import { initialState } from '../../../../firmware/core/state';
import { MqttHome } from '../../../../firmware/home/mqtt-home';
import { publishPacket } from '../../../../firmware/mqtt/packets';
import type { SocketEvents } from '../../../../firmware/mqtt/socket';

declare const host: { print(line: string): void; repeat(step: () => boolean): void };

const STEPS = 500;
const ROOMS = ['kitchen', 'hall', 'bedroom', 'bathroom', 'office', 'garage', 'attic', 'Küche'];
const MAP: HomeMap = {
  actions: ROOMS.flatMap((room) =>
    ['turnOn', 'turnOff'].map((intent) => ({
      for: intent,
      when: { device: 'light', room },
      topic: `zigbee2mqtt/${room}/set`,
      send: intent === 'turnOn' ? '{"state":"ON"}' : '{"state":"OFF"}',
    })),
  ),
  states: ROOMS.map((room) => ({
    about: { device: 'light', room },
    topic: `zigbee2mqtt/${room}`,
    field: 'state',
    on: 'ON',
    off: 'OFF',
  })),
};

/** What costs most to read. */
const PAYLOADS = [
  '{"state":"ON","brightness":254,"color":{"x":0.3,"y":0.3},"linkquality":120}',
  '{"state":"OFF"}',
  '[1,'.repeat(600),
  `{"a":[${'1,'.repeat(950)}1],"state":"ON"}`,
  `{"a":${'{"a":'.repeat(300)}1${'}'.repeat(300)},"state":"ON"}`,
  `{"state":"${'ü'.repeat(900)}"}`,
  `{"ok":true,"state":"${'\\n'.repeat(200)}"}`,
  'x'.repeat(3_000),
  '厨'.repeat(600),
  'ON',
  'online',
  '42',
];
const TOPICS = [
  ...ROOMS.map((room) => `zigbee2mqtt/${room}`),
  'earshot/1/answer',
  'earshot/1/set/volume',
  'earshot/1/set/zone',
  'homeassistant/status',
];

let seed = 20_261_201;
function below(limit: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return (seed >> 8) % limit;
}
function pick<T>(choices: readonly T[]): T {
  return choices[below(choices.length)] as T;
}

let events: SocketEvents | undefined;
let sentBytes = 0;
let state = reduce(initialState(), { type: 'booted', atMs: 0 });
const agenda = new Agenda();
const home = new MqttHome({
  agenda,
  map: MAP,
  identity: { id: '1', name: 'Earshot', model: 'a board', version: '0' },
  onDone: (id, ok, answer) => host.print(`${id} ${ok} ${answer?.says}`),
  speaker: {
    state: () => state,
    change: (changes) => {
      state = reduce(state, { type: 'settingsChanged', atMs: agenda.nowMs, changes });
    },
    tell: (what) => host.print(JSON.stringify(what)),
  },
  open: (opened) => {
    events = opened;
    return {
      write: (bytes) => {
        sentBytes += bytes.length;
        const [head = 0] = bytes;
        if (head >> 4 === 1) events?.onBytes(Uint8Array.of(0x20, 2, 0, 0));
        return true;
      },
      close: () => {
        events = undefined;
      },
    };
  },
});
let id = 0;
let step = 0;
host.repeat(() => {
  const nowMs = step * 100;
  agenda.advance(nowMs);
  if (!home.isConnected) events?.onOpen();
  else if (step % 47 === 0) {
    const [intent, slots] = [
      pick(['turnOn', 'turnOff', 'isOn', 'setScene']),
      { device: 'light', room: pick(ROOMS) },
    ];
    home.note({ atMs: nowMs, type: 'commandHeard', intent, slots, words: '', confidence: 1 });
    home.perform({ id: ++id, intent, slots });
  } else if (below(150) === 0) events?.onBytes(Uint8Array.of(0xff, 0xff));
  else {
    const bytes = publishPacket({ topic: pick(TOPICS), text: pick(PAYLOADS), isRetained: below(3) === 0 });
    const cut = below(bytes.length);
    events?.onBytes(bytes.subarray(0, cut));
    events?.onBytes(bytes.subarray(cut));
  }
  if (step % 300 === 0) host.print(`${sentBytes} bytes sent`);
  return ++step < STEPS;
});
