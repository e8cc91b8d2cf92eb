import type { Store } from '../core/ports';
import { checkKey, checkValue } from '../core/store-limits';

/** For a flash that cannot be opened: forgets with the power. */
export class MemoryStore implements Store {
  readonly #values: Map<string, string>;
  #isClosed = false;

  constructor(stored: Readonly<Record<string, string>> = {}) {
    this.#values = new Map(Object.entries(stored));
  }

  read(key: string): string | undefined {
    this.#check(key);
    return this.#values.get(key);
  }

  write(key: string, value: string): void {
    this.#check(key);
    checkValue(key, value);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    this.#check(key);
    this.#values.delete(key);
  }

  close(): void {
    this.#isClosed = true;
  }

  #check(key: string): void {
    if (this.#isClosed) throw new Error('the store is closed');
    checkKey(key);
  }
}
