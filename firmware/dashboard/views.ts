import { SETTING_FIELDS, SETTINGS, settingText } from '../core/settings';
import type { State } from '../core/state';
import type { Entry } from '../record/entry';
import type { Desk } from './ports';

/** So many entries take the chip's JavaScript a third of its memory when they become text. */
const ENTRIES_AT_ONCE = 50;

/** How the speaker is, as the page shows it. */
export function stateView(state: State): object {
  const { muted, isOffline, isSafeMode, phase, nearMissCount, nearMisses, atMs } = state;
  return {
    muted,
    isOffline,
    isSafeMode,
    phase,
    nearMissCount,
    nearMisses: nearMisses.map((miss) => ({
      word: miss.word,
      agoSeconds: Math.round((atMs - miss.atMs) / 1000),
    })),
    settings: SETTING_FIELDS.map((field) => {
      const { factory: _, settleMs: __, ...setting } = SETTINGS[field];
      return { ...setting, value: settingText(state[field]) };
    }),
  };
}

export function entryView(index: number, entry: Entry): object {
  return { index, ...entry };
}

/** The newest entries, or those before one; whether the record is whole is told with the newest. */
export function recordView({ record, now }: Desk, before?: number): object {
  const entries: object[] = [];
  let hasEarlier = false;
  for (const { index, entry } of record.entries()) {
    if (before !== undefined && index >= before) break;
    entries.push(entryView(index, entry));
    if (entries.length <= ENTRIES_AT_ONCE) continue;
    entries.shift();
    hasEarlier = true;
  }
  if (before !== undefined) return { now, entries, hasEarlier };
  const { entryCount, deleted, altered } = record.verify();
  return { now, entries, hasEarlier, entryCount, deleted, altered };
}
