import type { Store } from '../../../firmware/core/ports';
import { MemoryStore } from '../../../firmware/fallbacks/memory-store';
import { KeyValueStore } from '../../../firmware/io/store';
import { FakeStorage } from './fakes';

describe.each<[string, () => Store]>([
  ['in memory', () => new MemoryStore()],
  ['in flash', () => new KeyValueStore(new FakeStorage())],
])('a store %s', (_, make) => {
  it('keeps what was written, until it is written anew or deleted', () => {
    const store = make();
    store.write('volume', '40');
    store.write('volume', '50');
    expect(store.read('volume')).toBe('50');
    store.delete('volume');
    expect(store.read('volume')).toBeUndefined();
  });

  it('has nothing under a key that was never written', () => {
    const store = make();
    expect(store.read('nothing')).toBeUndefined();
    store.delete('nothing');
  });

  it.each(['', 'sixteen-letters!'])('refuses the key %p', (key) => {
    const store = make();
    expect(() => store.write(key, '')).toThrow(RangeError);
    expect(() => store.read(key)).toThrow('1 to 15 characters would be right');
    expect(() => store.delete(key)).toThrow(RangeError);
  });

  it('counts bytes, not characters', () => {
    const store = make();
    store.write('k', 'é'.repeat(500));
    expect(() => store.write('k', 'é'.repeat(501))).toThrow(
      "1002 bytes for 'k': at most 1000 would be right",
    );
    expect(() => store.write('k', '☃'.repeat(334))).toThrow(RangeError);
    expect(() => store.write('k', '😀'.repeat(251))).toThrow('1004 bytes');
    expect(store.read('k')).toBe('é'.repeat(500));
  });

  it('neither reads nor writes once closed, and may be closed twice', () => {
    const store = make();
    store.close();
    store.close();
    expect(() => store.read('volume')).toThrow('the store is closed');
    expect(() => store.write('volume', '1')).toThrow('the store is closed');
    expect(() => store.delete('volume')).toThrow('the store is closed');
  });
});

describe('a store in flash', () => {
  it('takes what lies there under another type for nothing', () => {
    const storage = new FakeStorage();
    storage.values.set('volume', 40);
    expect(new KeyValueStore(storage).read('volume')).toBeUndefined();
  });

  it('closes the flash once', () => {
    const storage = new FakeStorage();
    const store = new KeyValueStore(storage);
    store.close();
    store.close();
    expect(storage.closed).toBe(1);
  });
});
