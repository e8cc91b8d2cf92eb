import type { Agenda } from '../core/agenda';
import { reconnectDelayMs } from '../core/link';
import type { Link } from '../core/ports';

/** Wi-Fi as ECMA-419 has it. */
export interface WiFi {
  connect(options: { readonly SSID: string; readonly password?: string }): void;
  readonly connection: number;
  close(): void;
}

export type WiFiClass = new (options: { readonly onChanged: (property: string) => void }) => WiFi;

export interface WifiLinkOptions {
  readonly SSID: string;
  readonly password?: string;
  readonly agenda: Agenda;
  readonly onChanged: (isUp: boolean) => void;
}

const HAS_ADDRESS = 500;
const IS_CONNECTING = 300;
const MOST_SSID_CHARACTERS = 32;

/** The way to the home network over Wi-Fi. Keeps trying, ever more patiently. */
export class WifiLink implements Link {
  readonly #options: WifiLinkOptions;
  readonly #wifi: WiFi;
  #isUp = false;
  #isClosed = false;
  #attempts = 0;
  #forgetAttempt: (() => void) | undefined;

  constructor(Native: WiFiClass, options: WifiLinkOptions) {
    const { SSID } = options;
    if (typeof SSID !== 'string' || SSID.length < 1 || SSID.length > MOST_SSID_CHARACTERS) {
      throw new RangeError(`network name '${SSID}': 1 to ${MOST_SSID_CHARACTERS} characters would be right`);
    }
    this.#options = options;
    this.#wifi = new Native({ onChanged: () => this.#look() });
    this.#connect();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isUp = false;
    this.#forgetAttempt?.();
    this.#wifi.close();
  }

  #connect(): void {
    const { SSID, password } = this.#options;
    this.#forgetAttempt = undefined;
    this.#attempts += 1;
    try {
      this.#wifi.connect(password === undefined ? { SSID } : { SSID, password });
    } catch {
      this.#tryLater(); // the radio refuses now and may not later
    }
  }

  #look(): void {
    if (this.#isClosed) return;
    const { connection } = this.#wifi;
    const isUp = connection >= HAS_ADDRESS;
    if (isUp) this.#attempts = 0;
    if (connection < IS_CONNECTING) this.#tryLater();
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    this.#options.onChanged(isUp);
  }

  #tryLater(): void {
    if (this.#forgetAttempt) return;
    this.#forgetAttempt = this.#options.agenda.after(reconnectDelayMs(this.#attempts), () => this.#connect());
  }
}
