import { Agenda } from '../../../firmware/core/agenda';
import { readKept } from '../../../firmware/core/kept';
import { StoreKeeper } from '../../../firmware/device/store-keeper';
import { KeyValueStore } from '../../../firmware/io/store';
import { Mind } from '../core/worlds';
import { Flash, NvsStorage } from '../io/nvs';

const ASKED = [
  ['setTimer', { duration: 600, name: 'tea' }],
  ['setAlarm', { time: '06:30', day: 'every day' }],
  ['pauseTimer', {}],
  ['cancelAlarm', {}],
] as const;
const EPOCH_MS = Date.parse('2026-12-01T20:00:00Z');

type Lists = ReturnType<typeof readKept>['lists'];

/** Asks for timers and alarms until the power fails. Gives what was kept after each request, and which one failed. */
function live(flash: Flash): { readonly kept: Lists[]; readonly failed: number } {
  const kept: Lists[] = [{ timers: [], alarms: [] }];
  let failed = -1;
  try {
    const store = new KeyValueStore(new NvsStorage(flash));
    const keeper = new StoreKeeper(store, new Agenda(), () => {
      throw new Error('no power');
    });
    const mind = Mind.awake().take({ type: 'timeSet', atMs: 0, epochMs: EPOCH_MS });
    for (const [step, [intent, slots]] of ASKED.entries()) {
      failed = step;
      mind.effects.length = 0;
      mind.ask(10_000 * (step + 1), intent, slots);
      for (const { key, text } of mind.asked('keep')) keeper.keep(key, text);
      kept.push(readKept((key) => store.read(key)).lists);
      failed = -1;
    }
  } catch {}
  return { kept, failed };
}

test('a power cut at any byte costs at most the timer or alarm that is being set', () => {
  const whole = new Flash();
  const { kept } = live(whole);
  expect(kept.at(-1)).toMatchObject({ timers: [{ isPaused: true, name: 'tea' }], alarms: [] });
  expect(new Set(kept.map((lists) => JSON.stringify(lists))).size).toBe(ASKED.length + 1);
  expect(whole.changes).toBeGreaterThan(100);
  for (let cut = 0; cut < whole.changes; cut += 1) {
    const flash = new Flash();
    flash.cutAfter(cut, 0x55);
    const { failed, kept: before } = live(flash);
    flash.powerReturns();
    const store = new KeyValueStore(new NvsStorage(flash));
    const { lists, spoilt } = readKept((key) => store.read(key));
    expect(spoilt).toEqual([]);
    const allowed = failed < 0 ? before.slice(-1) : [kept[failed], kept[failed + 1]];
    expect(allowed).toContainEqual(lists);
  }
});
