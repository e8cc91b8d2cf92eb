import type { Entry, Moment } from './entry';

/** How long entries are kept. With `nothing`, what is heard and done is not written down at all; what is left, about the
 * record itself, goes after a day. */
export type Retention = 'nothing' | 'day' | 'week' | 'untilFull';

const DAY_SECONDS = 86_400;
const KEPT_SECONDS: { readonly [R in Retention]: number } = {
  nothing: DAY_SECONDS,
  day: DAY_SECONDS,
  week: 7 * DAY_SECONDS,
  untilFull: Number.POSITIVE_INFINITY,
};

/** What tells of people, and not of the record itself. */
const HEARD: readonly Entry['type'][] = ['wakeWord', 'command', 'sent', 'mute'];

/** Whether an entry is written down at all. */
export function isKept({ type }: { readonly type: Entry['type'] }, retention: Retention): boolean {
  return retention !== 'nothing' || !HEARD.includes(type);
}

/** How old an entry is, in seconds. Where the time of day was not known then, or is not now, the time without power does not
 * count, as nobody has measured it. */
export function ageSeconds(entry: Moment, now: Moment): number {
  const { unixSeconds: then } = entry;
  return then !== undefined && now.unixSeconds !== undefined
    ? now.unixSeconds - then
    : now.livedSeconds - entry.livedSeconds;
}

/** Through which index entries are too old, or undefined where none is. Nothing is deleted for the sake of entries about
 * deletions alone: each deletion makes another. */
export function expiredThrough(
  entries: Iterable<{ readonly index: number; readonly entry: Entry }>,
  now: Moment,
  retention: Retention,
): number | undefined {
  let through: number | undefined;
  for (const { index, entry } of entries) {
    const isExpired = ageSeconds(entry, now) >= KEPT_SECONDS[retention] || !isKept(entry, retention);
    if (isExpired && entry.type !== 'erased') through = index + 1;
    // what comes later is no older; but of an entry without a time of day nobody knows how old it is
    const isCertain = entry.unixSeconds !== undefined || now.unixSeconds === undefined;
    if (!isExpired && isCertain && retention !== 'nothing') break;
  }
  return through;
}
