import { Agenda } from '../../../firmware/core/agenda';
import { withFault } from '../../../firmware/core/fault-record';
import { keepsOf, readKept } from '../../../firmware/core/kept';
import type { Store } from '../../../firmware/core/ports';
import type { Settings } from '../../../firmware/core/settings';
import { StoreKeeper } from '../../../firmware/device/store-keeper';
import { KeyValueStore } from '../../../firmware/io/store';
import { Flash, type Mistakes, NvsStorage } from '../io/nvs';

/** Bits of the byte at which the power fails that keep what they were: all, and every other one either way. */
const TORN_BITS = [0xff, 0x55, 0xaa];

/** What the store should hold, and what it may hold instead as it is just being written. */
interface Ledger {
  readonly kept: Map<string, string>;
  writing: { readonly key: string; readonly text: string } | undefined;
}

const KEYS = ['volume', 'sensitivity', 'listeningCue', 'faults'];

function newLedger(): Ledger {
  return { kept: new Map(), writing: undefined };
}

function watched(store: Store, ledger: Ledger): Store {
  return {
    read: (key) => store.read(key),
    write: (key, text) => {
      if (ledger.writing) throw new Error('no power'); // since that write
      ledger.writing = { key, text };
      store.write(key, text);
      ledger.kept.set(key, text);
      ledger.writing = undefined;
    },
    delete: (key) => store.delete(key),
    close: () => store.close(),
  };
}

const STORY: readonly Partial<Settings>[] = [
  { volumePercent: 30, sensitivity: 'low', listeningCue: true },
  { volumePercent: 100 },
  { sensitivity: 'high', volumePercent: 0 },
  { listeningCue: false, volumePercent: 70, sensitivity: 'normal' },
];

/** Lives through two boots with settings changed, several at once, and faults written down, until the power fails. True
 * when it did not. */
function live(flash: Flash, mistakes: Mistakes, ledger: Ledger): boolean {
  let isPowered = true;
  for (let boot = 0; boot < 2 && isPowered; boot += 1) {
    try {
      const agenda = new Agenda();
      const store = watched(new KeyValueStore(new NvsStorage(flash, mistakes)), ledger);
      const keeper = new StoreKeeper(store, agenda, () => {
        isPowered = false;
      });
      let { settings } = readKept((key) => store.read(key));
      for (const [step, changes] of STORY.entries()) {
        if (!isPowered) break;
        const after = { ...settings, ...changes };
        for (const { key, text, settleMs } of keepsOf(settings, after)) keeper.keep(key, text, settleMs);
        settings = after;
        agenda.advance((step + 1) * 10_000);
        if (isPowered)
          keeper.keep('faults', withFault(store.read('faults'), `fault ${step} of boot ${boot}`));
      }
    } catch {
      isPowered = false; // it failed while the store was opened
    }
  }
  return isPowered;
}

/** The life of a flash whose power fails after so many changes; then it returns. */
function cutLife(cutAfter: number, tornBits: number, mistakes: Mistakes = {}) {
  const flash = new Flash();
  const ledger = newLedger();
  flash.cutAfter(cutAfter, tornBits);
  live(flash, mistakes, ledger);
  flash.powerReturns();
  return { flash, ledger, store: new KeyValueStore(new NvsStorage(flash, mistakes)) };
}

/** The keys that are neither as they were nor as they were to be. */
function damaged(store: Store, { kept, writing }: Ledger): string[] {
  return KEYS.filter((key) => {
    const text = store.read(key);
    return text !== kept.get(key) && !(key === writing?.key && text === writing.text);
  });
}

function wholeLife(mistakes: Mistakes = {}): Flash {
  const flash = new Flash();
  expect(live(flash, mistakes, newLedger())).toBe(true);
  return flash;
}

describe('a power cut, before any byte that is written to flash or within it', () => {
  it('may come at hundreds of moments, moves from sector to sector among them', () => {
    const { changes, erased } = wholeLife();
    expect(changes).toBeGreaterThan(500);
    expect(erased).toEqual(expect.arrayContaining([0, 1]));
  });

  it.each(TORN_BITS)('loses at most the change that is being written, with the bits %d torn', (tornBits) => {
    const { changes } = wholeLife();
    const losses: object[] = [];
    for (let cut = 0; cut < changes; cut += 1) {
      const { flash, ledger, store } = cutLife(cut, tornBits);
      const lost = damaged(store, ledger);
      const { spoilt } = readKept((key) => store.read(key));
      const next = newLedger();
      const isUsable =
        live(flash, {}, next) && damaged(new KeyValueStore(new NvsStorage(flash)), next).length === 0;
      if (lost.length > 0 || spoilt.length > 0 || !isUsable) losses.push({ cut, lost, spoilt, isUsable });
    }
    expect(losses).toEqual([]);
  });
});

describe('a store that loses more is found out', () => {
  it.each<[string, Mistakes]>([
    ['erases the old value before it writes the new one', { erasesOldFirst: true }],
    ['takes half of a value for the whole', { takesHalfForWhole: true }],
  ])('when it %s', (_, mistakes) => {
    const { changes } = wholeLife(mistakes);
    const cuts = Array.from({ length: changes }, (_value, cut) => cut);
    const isDamaged = (cut: number): boolean => {
      const { store, ledger } = cutLife(cut, 0xff, mistakes);
      return damaged(store, ledger).length > 0;
    };
    expect(cuts.some(isDamaged)).toBe(true);
  });
});
