import type { MuteSwitch } from '../core/ports';

/** Where the native ear shows the switch's contact and its own gate. */
export interface SwitchedEar {
  readonly isSwitchMuted: boolean;
  readonly isGateClosed: boolean;
  setMuted(muted: boolean): void;
}

export interface ChipMuteSwitchOptions {
  readonly ear: SwitchedEar;
  readonly onChanged: (muted: boolean) => void;
}

/** The mute switch of a board, looked at with every turn. It acts in its own interrupt; this is for telling. */
export class ChipMuteSwitch implements MuteSwitch {
  readonly #ear: SwitchedEar;
  readonly #onChanged: (muted: boolean) => void;
  #isContactMuted: boolean;
  #muted: boolean;
  #isClosed = false;

  /** Reads the switch, but tells nobody yet. */
  constructor({ ear, onChanged }: ChipMuteSwitchOptions) {
    if (typeof onChanged !== 'function') throw new TypeError('onChanged must be a function');
    this.#ear = ear;
    this.#onChanged = onChanged;
    this.#isContactMuted = ear.isSwitchMuted;
    this.#muted = this.#isContactMuted;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** A mute begins with the contact and ends when the gate has opened again, so that the ring never promises less than
   * is so. */
  poll(): void {
    if (this.#isClosed) return;
    const isContactMuted = this.#ear.isSwitchMuted;
    // the speaker's own mute followed from the switch's and ends with it
    if (this.#isContactMuted && !isContactMuted) this.#ear.setMuted(false);
    this.#isContactMuted = isContactMuted;
    const muted = isContactMuted || (this.#muted && this.#ear.isGateClosed);
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#onChanged(muted);
  }

  close(): void {
    this.#isClosed = true;
  }
}
