import type { HomeMap } from '../../../firmware/core/home-map';
import type { MakeHome } from '../../../firmware/device/device';
import { MqttHome } from '../../../firmware/home/mqtt-home';
import { Problem } from '../../cli/problem';
import type { Broker } from './broker';
import { nodeSocket } from './node-socket';

export interface BrokerHomeOptions {
  readonly broker: Broker;
  readonly map: HomeMap;
  /** Certificates that are trusted instead of the system's, as PEM. */
  readonly ca?: string | undefined;
  readonly board: string;
  readonly version: string;
}

const SIMULATOR = 'simulator';

/** The home of one simulated speaker, behind a real broker. */
export class BrokerHome {
  readonly #options: BrokerHomeOptions;
  readonly #connected: Promise<void>;
  #settle: (problem?: Problem) => void = () => {};
  #home: MqttHome | undefined;
  readonly #closed: Promise<void>;
  #onClosed: () => void = () => {};

  constructor(options: BrokerHomeOptions) {
    this.#options = options;
    this.#connected = new Promise((resolve, reject) => {
      this.#settle = (problem) => (problem ? reject(problem) : resolve());
    });
    this.#connected.catch(() => {}); // whoever waits for it hears of it
    this.#closed = new Promise((resolve) => {
      this.#onClosed = resolve;
    });
  }

  /** For `Session`: connects at once. */
  readonly make: MakeHome = (agenda, onDone, speaker) => {
    const { broker, map, ca, board, version } = this.#options;
    const open = nodeSocket({ ...broker, ca, onEnded: () => this.#onClosed() });
    this.#home = new MqttHome({
      agenda,
      onDone,
      map,
      open,
      user: broker.user,
      password: broker.password,
      identity: { id: SIMULATOR, name: 'Earshot, simulated', model: board, version },
      speaker: {
        ...speaker,
        tell: (what) => {
          if (what.type === 'homeChanged') this.#settle(what.connected ? undefined : this.#problem(what.why));
          speaker.tell(what);
        },
      },
    });
    return this.#home;
  };

  /** Resolves when the broker has let the speaker in. @throws Problem when the first attempt fails */
  get connected(): Promise<void> {
    return this.#connected;
  }

  /** Whether somebody out there has to answer: then time is to pass no faster than theirs. */
  get isAsked(): boolean {
    return this.#home?.isAsked === true;
  }

  /** Says goodbye, and waits until that has gone out. */
  async close(): Promise<void> {
    const wasConnected = this.#home?.isConnected === true;
    this.#home?.close();
    if (wasConnected) await this.#closed;
  }

  #problem(why = ''): Problem {
    const { host, port, isSecure } = this.#options.broker;
    return new Problem(`--mqtt: no connection to ${isSecure ? 'mqtts' : 'mqtt'}://${host}:${port}: ${why}`);
  }
}
