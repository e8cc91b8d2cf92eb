import { SETTING_FIELDS, SETTINGS, settingText } from '../core/settings';
import type { State } from '../core/state';
import type { Entry } from '../record/entry';
import type { Desk } from './ports';

/** The most entries that a page is given at once: the newest. */
const MOST_ENTRIES = 500;

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

export function recordView({ record, now }: Desk): object {
  const entries: object[] = [];
  for (const { index, entry } of record.entries()) {
    entries.push(entryView(index, entry));
    if (entries.length > MOST_ENTRIES) entries.shift();
  }
  const { deleted, altered } = record.verify();
  return { now, entries, deleted, altered };
}
