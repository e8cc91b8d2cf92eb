import { Agenda } from '../../../firmware/core/agenda';
import { StoreKeeper } from '../../../firmware/device/store-keeper';
import { MemoryStore } from '../../../firmware/fallbacks/memory-store';

/** A store that says what is done to it. */
class TellingStore extends MemoryStore {
  readonly changes: string[] = [];
  isWornOut = false;

  override write(key: string, value: string): void {
    if (this.isWornOut) throw new Error('worn out');
    this.changes.push(`${key} ${value}`);
    super.write(key, value);
  }

  override delete(key: string): void {
    this.changes.push(`${key} deleted`);
    super.delete(key);
  }
}

function bench() {
  const store = new TellingStore();
  const agenda = new Agenda();
  const refusals: unknown[] = [];
  const keeper = new StoreKeeper(store, agenda, (error) => refusals.push(error));
  return { store, agenda, refusals, keeper };
}

describe('what is to be kept', () => {
  it('is written at once when it need not stand', () => {
    const { store, keeper } = bench();
    keeper.keep('sensitivity', 'low');
    expect(store.changes).toEqual(['sensitivity low']);
  });

  it('is written once when it has stood for long enough, its last text alone', () => {
    const { store, agenda, keeper } = bench();
    keeper.keep('volume', '60', 5_000);
    agenda.advance(4_999);
    keeper.keep('volume', '70', 5_000);
    agenda.advance(9_998);
    expect(store.changes).toEqual([]);
    agenda.advance(60_000);
    expect(store.changes).toEqual(['volume 70']);
  });

  it('is not written when it is there already, as a volume that was turned up and down again', () => {
    const { store, agenda, keeper } = bench();
    keeper.keep('volume', '60');
    keeper.keep('volume', '70', 5_000);
    keeper.keep('volume', '60', 5_000);
    agenda.advance(60_000);
    expect(store.changes).toEqual(['volume 60']);
  });

  it('is written one key after the other, and none waits for another’s rest', () => {
    const { store, agenda, keeper } = bench();
    keeper.keep('volume', '60', 5_000);
    keeper.keep('brightness', '20', 2_000);
    keeper.keep('sensitivity', 'low');
    agenda.advance(60_000);
    expect(store.changes).toEqual(['sensitivity low', 'brightness 20', 'volume 60']);
  });

  it('outlives what is to be forgotten under the same key', () => {
    const { store, agenda, keeper } = bench();
    keeper.keep('volume', 'loud');
    keeper.keep('sensitivity', 'extreme');
    store.changes.length = 0;
    keeper.keep('volume', '60', 5_000);
    keeper.keep('sensitivity', 'low');
    keeper.forget('volume', 'loud');
    keeper.forget('sensitivity', 'extreme');
    agenda.advance(60_000);
    expect(store.changes).toEqual(['sensitivity low', 'volume deleted', 'volume 60']);
  });

  it('costs one complaint when the flash refuses, and is tried again with the next change', () => {
    const { store, refusals, keeper } = bench();
    store.isWornOut = true;
    keeper.keep('sensitivity', 'low');
    keeper.keep('sensitivity', 'high');
    expect(refusals).toEqual([new Error('worn out')]);
    store.isWornOut = false;
    keeper.keep('sensitivity', 'normal');
    expect(store.changes).toEqual(['sensitivity normal']);
  });
});
