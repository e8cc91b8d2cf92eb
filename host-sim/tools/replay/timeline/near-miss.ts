import type { LoadedSpeaker } from '../../../packages/speaker';
import type { EventLine } from '../expect/expectations';

/** Of the cutoff at which the wake model alone would wake. A second look begins far below it, so that hardly a word is
 * missed, and most looks end as they should: without one. A word that was missed mostly comes this far, other speech
 * seldom. Words without a second look are near misses from here on anyway. */
const CLOSE_SHARE = 0.5;

/** Tells which near misses a person wants to hear of: those that came close. The core counts them all. */
export type CloseTest = (event: EventLine) => boolean;

export function closeTestOf({
  hearing,
  sensitivity,
}: Pick<LoadedSpeaker, 'hearing' | 'sensitivity'>): CloseTest {
  const cutoffs = new Map(
    hearing.wakeWords.map(({ name, points }) => [name, points[sensitivity].probabilityCutoff] as const),
  );
  return ({ type, word, confidence }) =>
    type === 'nearMiss' && Number(confidence) >= CLOSE_SHARE * (cutoffs.get(String(word)) ?? 0);
}
