import { frozen } from './frozen';

/** Whether a boot may try everything, or keeps to what cannot fail. Pure: the record lies in the store, which the
 * composition root reads before and writes at once. */

/** Why the chip started. */
export type ResetReason =
  | 'powerOn'
  | 'resetPin'
  | 'software'
  | 'panic'
  | 'watchdog'
  | 'brownOut'
  | 'deepSleep'
  | 'unknown';

/** What one boot leaves for the next. */
export interface BootRecord {
  /** Boots in a row that ended before they had lasted. */
  readonly failedBoots: number;
  /** Whether the boot that wrote this has not lasted yet. */
  readonly isOpen: boolean;
}

export interface BootPlan {
  readonly isSafeMode: boolean;
  readonly failedBoots: number;
  /** To be stored before anything is tried that may fail. */
  readonly record: BootRecord;
}

/** After so many failed boots in a row the next is in safe mode. */
export const MOST_FAILED_BOOTS = 3;
/** A boot that has run for so long has not failed. */
export const BOOT_LASTS_MS = 60_000;

const FRESH: BootRecord = frozen({ failedBoots: 0, isOpen: false });

/** A hand at the plug or at the reset button is a new attempt; whatever else ended an open boot is a failed one. */
const BY_HAND: ReadonlySet<ResetReason> = new Set<ResetReason>(['powerOn', 'resetPin', 'deepSleep']);

/** Resets that nobody asked for, in words for the log. */
const TROUBLE: Readonly<Partial<Record<ResetReason, string>>> = frozen({
  software: 'the software itself',
  panic: 'a crash',
  watchdog: 'the watchdog',
  brownOut: 'a brown-out: the supply is too weak',
  unknown: 'a reset of unknown cause',
});

export function planBoot(before: BootRecord, reason: ResetReason): BootPlan {
  const failedBoots = BY_HAND.has(reason) ? 0 : before.failedBoots + (before.isOpen ? 1 : 0);
  const isSafeMode = failedBoots >= MOST_FAILED_BOOTS;
  // safe mode tries nothing that could fail, so its end does not count
  return { isSafeMode, failedBoots, record: { failedBoots, isOpen: !isSafeMode } };
}

/** The record of a boot that has lasted `BOOT_LASTS_MS`. One in safe mode leaves things as they are: only a hand at the
 * plug or the reset button ends it. */
export function lastingRecord({ isSafeMode, record }: BootPlan): BootRecord {
  return isSafeMode ? record : FRESH;
}

/** What to write into the log about a start, or undefined when there is nothing to say. */
export function troubleBefore(reason: ResetReason): string | undefined {
  const cause = TROUBLE[reason];
  return cause === undefined ? undefined : `restarted by ${cause}`;
}

export function bootRecordText({ failedBoots, isOpen }: BootRecord): string {
  return `${isOpen ? 'open' : 'closed'} ${failedBoots}`;
}

/** Reads what `bootRecordText` wrote. Never throws: what cannot be read counts as a fresh start. */
export function parseBootRecord(text: string | undefined): BootRecord {
  const match = /^(open|closed) (\d{1,4})$/.exec(text ?? '');
  return match ? { failedBoots: Number(match[2]), isOpen: match[1] === 'open' } : FRESH;
}
