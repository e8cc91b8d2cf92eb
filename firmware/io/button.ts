export interface ButtonOptions {
  /** Whether it is down this moment. */
  readonly isDown: () => boolean;
  /** It was let go again soon. */
  readonly onPressed: () => void;
  /** It was held for so long that nobody does it by mistake. Called while it is still down, once. */
  readonly onHeld: () => void;
}

export const HELD_MS = 10_000;
/** Contacts bounce for less. */
const SETTLED_MS = 30;

/** A board's key, looked at with every turn. */
export class Button {
  readonly #options: ButtonOptions;
  #downSinceMs: number | undefined;
  #wasHeld = false;

  constructor(options: ButtonOptions) {
    for (const name of ['isDown', 'onPressed', 'onHeld'] as const)
      if (typeof options[name] !== 'function') throw new TypeError(`${name} must be a function`);
    this.#options = options;
  }

  poll(nowMs: number): void {
    const { isDown, onPressed, onHeld } = this.#options;
    const since = this.#downSinceMs;
    if (isDown()) {
      this.#downSinceMs = since ?? nowMs;
      if (this.#wasHeld || since === undefined || nowMs - since < HELD_MS) return;
      this.#wasHeld = true;
      return onHeld();
    }
    this.#downSinceMs = undefined;
    if (since === undefined) return;
    if (!this.#wasHeld && nowMs - since >= SETTLED_MS) onPressed();
    this.#wasHeld = false;
  }
}
