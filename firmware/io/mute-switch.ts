import type { MuteSwitch } from '../core/ports';

/** Where the native ear shows the switch's contact and the gate, which that moves without asking. */
export interface SwitchedEar {
  readonly isSwitchMuted: boolean;
  readonly isGateClosed: boolean;
}

export interface ChipMuteSwitchOptions {
  readonly ear: SwitchedEar;
  readonly onChanged: (muted: boolean) => void;
  /** Called when the contact opens: the gate can follow once nobody else asks for a mute. */
  readonly onReleased: () => void;
}

/** The mute switch of a board, looked at with every turn. It acts in its own interrupt; this is for telling. */
export class ChipMuteSwitch implements MuteSwitch {
  readonly #ear: SwitchedEar;
  readonly #onChanged: (muted: boolean) => void;
  readonly #onReleased: () => void;
  #isContactMuted: boolean;
  #muted: boolean;
  #isClosed = false;

  /** Reads the switch, but tells nobody yet. */
  constructor({ ear, onChanged, onReleased }: ChipMuteSwitchOptions) {
    if (typeof onChanged !== 'function') throw new TypeError('onChanged must be a function');
    if (typeof onReleased !== 'function') throw new TypeError('onReleased must be a function');
    this.#ear = ear;
    this.#onChanged = onChanged;
    this.#onReleased = onReleased;
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
    const isReleased = this.#isContactMuted && !isContactMuted;
    this.#isContactMuted = isContactMuted;
    if (isReleased) this.#onReleased();
    const muted = isContactMuted || (this.#muted && this.#ear.isGateClosed);
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#onChanged(muted);
  }

  close(): void {
    this.#isClosed = true;
  }
}
