import type { Store } from '../core/ports';
import { checkKey, checkValue } from '../core/store-limits';

/** A namespace of Moddable's key-value storage, opened for texts. */
export interface Storage {
  read(key: string): unknown;
  write(key: string, value: string): void;
  delete(key: string): void;
  close(): void;
}

/** The flash's key-value storage. What was written is there after the next power cut; one within a write leaves the value
 * before, as ESP-IDF writes a value and its checksum to new slots, marks them as written, and only then drops the old ones. */
export class KeyValueStore implements Store {
  #storage: Storage | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** What is there under another type, from other firmware, counts as not there. */
  read(key: string): string | undefined {
    const storage = this.#opened(key);
    try {
      const value = storage.read(key);
      return typeof value === 'string' ? value : undefined;
    } catch {
      return undefined;
    }
  }

  write(key: string, value: string): void {
    const storage = this.#opened(key);
    checkValue(key, value);
    storage.write(key, value);
  }

  delete(key: string): void {
    this.#opened(key).delete(key);
  }

  close(): void {
    this.#storage?.close();
    this.#storage = undefined;
  }

  #opened(key: string): Storage {
    if (!this.#storage) throw new Error('the store is closed');
    checkKey(key);
    return this.#storage;
  }
}
