import { meansOf, peakOf, stepsAbove, type Track, wakesAmong } from './track';

/** One way to set a model: what it misses there and how often it wakes falsely. */
export interface Point {
  readonly cutoff: number;
  readonly missed: number;
  readonly falseWakes: number;
}

const CUTOFFS = 1024;

/** A model's points at every cutoff, from the one that wakes most to the one that never wakes. Steps where nothing changes
 * are left out. */
export function curveOf(positives: readonly Track[], negatives: readonly Track[], window: number): Point[] {
  const found = positives.map((track) => peakOf(track, window));
  // steps above one cutoff hold all that are above the next
  let heard = negatives.map((track) => {
    const means = meansOf(track, window);
    return { track, means, steps: stepsAbove(means, 0) };
  });
  const points: Point[] = [];
  for (let index = 0; index <= CUTOFFS; index++) {
    const cutoff = index / CUTOFFS;
    heard = heard
      .map((each) => ({ ...each, steps: each.steps.filter((step) => (each.means[step] as number) > cutoff) }))
      .filter(({ steps }) => steps.length > 0);
    const missed = found.filter((peak) => peak <= cutoff).length;
    const falseWakes = heard.reduce(
      (sum, { track, steps }) => sum + wakesAmong(steps, track, window).length,
      0,
    );
    const last = points.at(-1);
    if (last?.missed !== missed || last.falseWakes !== falseWakes)
      points.push({ cutoff, missed, falseWakes });
  }
  return points;
}

/** The point that misses least of those with at most so many false wakes; the highest cutoff where several do. */
export function pointAt(points: readonly Point[], mostFalseWakes: number): Point | undefined {
  const allowed = points.filter(({ falseWakes }) => falseWakes <= mostFalseWakes);
  return allowed.reduce<Point | undefined>(
    (best, point) => (best === undefined || point.missed <= best.missed ? point : best),
    undefined,
  );
}

/** The point that holds at a cutoff: the last one that begins at or below it. */
export function pointFor(points: readonly Point[], cutoff: number): Point | undefined {
  return points.filter((point) => point.cutoff <= cutoff).at(-1);
}
