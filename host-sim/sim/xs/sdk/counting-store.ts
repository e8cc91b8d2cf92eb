const values = new Map<string, string>();

/** Flash that counts how often it was written. */
export const written = { count: 0 };

export default {
  open() {
    return {
      read: (key: string) => values.get(key),
      write: (key: string, value: string) => {
        written.count += 1;
        values.set(key, value);
      },
      delete: (key: string) => void values.delete(key),
      close() {},
    };
  },
};
