import { below, isQuiet } from './lively-house';
import Timer from './timer';

const IDLE = 200;
const CONNECTING = 300;
const HAS_ADDRESS = 500;

/** Wi-Fi that is lost every few minutes, and of which every third attempt fails. */
export default class LivelyWifi {
  connection = IDLE;
  readonly #onChanged: (property: string) => void;

  constructor({ onChanged }: { readonly onChanged: (property: string) => void }) {
    this.#onChanged = onChanged;
    Timer.repeat(() => {
      if (!isQuiet() && this.connection === HAS_ADDRESS) this.#become(IDLE);
    }, 150_000);
  }

  connect(): void {
    if (this.connection === CONNECTING) throw new Error('already connecting');
    this.connection = CONNECTING;
    Timer.set(() => this.#become(below(3) === 0 ? IDLE : HAS_ADDRESS), 300 + below(4_000));
  }

  close(): void {}

  #become(connection: number): void {
    this.connection = connection;
    this.#onChanged('connection');
  }
}
