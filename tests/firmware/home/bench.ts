import { Agenda } from '../../../firmware/core/agenda';
import type { HomeMap } from '../../../firmware/core/home-map';
import type { HomeEntry } from '../../../firmware/core/log';
import type { SlotValue } from '../../../firmware/core/ports';
import { reduce } from '../../../firmware/core/reducer';
import { DEFAULT_SETTINGS, initialState, type State } from '../../../firmware/core/state';
import { MqttHome } from '../../../firmware/home/mqtt-home';
import { PretendBroker } from '../mqtt/pretend-broker';

const KITCHEN = { device: 'light', room: 'kitchen' };
const HALL = { device: 'light', room: 'hall' };
export const MAP: HomeMap = {
  actions: [
    { for: 'turnOn', when: { device: 'light' }, topic: 'z/{room}/set', send: 'ON' },
    { for: 'turnOff', when: { device: 'light' }, topic: 'z/{room}/set', send: 'OFF' },
    { for: 'toggle', when: { device: 'light' }, topic: 'z/{room}/set', send: 'TOGGLE' },
    { for: 'lock', topic: 'door/set', send: 'LOCK' },
    { for: 'setBrightness', topic: 'z/{room}/set', send: '{"brightness":{level}}' },
  ],
  states: [
    { about: KITCHEN, topic: 'z/kitchen', field: 'state', on: 'ON', off: 'OFF' },
    { about: HALL, topic: 'z/hall', on: 'ON', off: 'OFF' },
    { about: {}, topic: 'door', on: 'LOCKED', off: 'UNLOCKED' },
  ],
};

export interface Ended {
  readonly id: number;
  readonly ok: boolean;
  readonly says?: string;
  readonly values?: object;
}

/** A home on a bench, with a pretended broker behind it; time passes only when it is told to. */
export class HomeBench {
  readonly broker = new PretendBroker();
  readonly agenda = new Agenda();
  readonly ended: Ended[] = [];
  readonly told: HomeEntry[] = [];
  readonly home: MqttHome;
  state: State;
  nowMs = 0;
  #lastId = 0;

  constructor({
    map = MAP,
    setUp = () => {},
  }: { map?: HomeMap; setUp?: (broker: PretendBroker) => void } = {}) {
    setUp(this.broker);
    this.state = reduce(initialState(DEFAULT_SETTINGS), { type: 'booted', atMs: 0 });
    this.home = new MqttHome({
      agenda: this.agenda,
      open: this.broker.open,
      map,
      identity: { id: '1', name: 'Earshot', model: 'a board', version: '0.1' },
      onDone: (id, ok, answer) => this.ended.push({ id, ok, ...answer }),
      speaker: {
        state: () => this.state,
        change: (changes) => {
          this.state = reduce(this.state, { type: 'settingsChanged', atMs: this.nowMs, changes });
          this.home.note({ atMs: this.nowMs, type: 'settingsChanged', ...changes });
        },
        tell: (what) => this.told.push(what),
      },
    });
    this.pass(20);
  }

  pass(ms: number, stepMs = 10): this {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; ) {
      this.nowMs += stepMs;
      this.broker.pump();
      this.agenda.advance(this.nowMs);
    }
    return this;
  }

  ask(intent: string, slots: Readonly<Record<string, SlotValue>> = {}): number {
    this.#lastId += 1;
    this.home.note({ atMs: this.nowMs, type: 'commandHeard', intent, slots, words: intent, confidence: 1 });
    this.home.note({ atMs: this.nowMs, type: 'perform', id: this.#lastId, intent, slots });
    this.home.perform({ id: this.#lastId, intent, slots });
    return this.#lastId;
  }

  /** What somebody says, a moment later. */
  say(topic: string, text: string, how: { isRetained?: boolean } = {}): this {
    this.broker.say(topic, text, how);
    return this.pass(10);
  }

  /** `topic text` of what was sent since, in order, but for what the speaker says of itself. */
  get direct(): string[] {
    return this.broker.sent
      .filter(({ topic }) => !/^(earshot|homeassistant)\//.test(topic))
      .map(({ topic, text }) => `${topic} ${text}`);
  }

  /** What was told last under a topic of the speaker's own. */
  last(topic: string): string | undefined {
    return this.broker.sent.filter((sent) => sent.topic === `earshot/1/${topic}`).at(-1)?.text;
  }
}
