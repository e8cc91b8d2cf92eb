import { world } from './world';

const values = new Map<string, string>(Object.entries(world.stored));

/** Moddable's `embedded:storage/key-value`, one namespace of texts. */
export default {
  open() {
    return {
      read: (key: string) => values.get(key),
      write: (key: string, value: string) => void values.set(key, value),
      delete: (key: string) => void values.delete(key),
      close() {},
    };
  },
};
