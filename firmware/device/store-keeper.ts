import type { Agenda } from '../core/agenda';
import type { Keeper, Store } from '../core/ports';

/** Writes to the store what is to be kept, each key by itself, once its text has stood for long enough. */
export class StoreKeeper implements Keeper {
  readonly #store: Store;
  readonly #agenda: Agenda;
  readonly #onRefused: (error: unknown) => void;
  /** By key, what calls a write off. */
  readonly #waiting = new Map<string, () => void>();
  #hasRefused = false;

  /** `onRefused` is called once, however often the flash refuses: the speaker goes on. */
  constructor(store: Store, agenda: Agenda, onRefused: (error: unknown) => void) {
    this.#store = store;
    this.#agenda = agenda;
    this.#onRefused = onRefused;
  }

  keep(key: string, text: string, settleMs = 0): void {
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
    if (settleMs === 0) this.#write(key, text);
    else
      this.#waiting.set(
        key,
        this.#agenda.after(settleMs, () => this.#write(key, text)),
      );
  }

  /** Deletes a text, unless another has taken its place by now. */
  forget(key: string, text: string): void {
    this.#try(() => {
      if (this.#store.read(key) === text) this.#store.delete(key);
    });
  }

  #write(key: string, text: string): void {
    this.#waiting.delete(key);
    this.#try(() => {
      if (this.#store.read(key) !== text) this.#store.write(key, text);
    });
  }

  #try(change: () => void): void {
    try {
      change();
    } catch (error) {
      if (this.#hasRefused) return;
      this.#hasRefused = true;
      this.#onRefused(error);
    }
  }
}
