import type { WakePoint } from '../../../firmware/core/wake-points';
import { secondLookRule } from '../../sim/wasm/second-look';
import type { Look, Looked } from './look-worker';

export type LookPoint = Pick<WakePoint, 'lookCutoff' | 'lookLossNats' | 'unsureLossNats'>;

export interface Outcome extends LookPoint {
  readonly missed: number;
  readonly falseWakes: number;
}

const isWord = secondLookRule();

/** Whether a look wakes at this point. */
export function wakes(look: Look, { lookCutoff, lookLossNats, unsureLossNats }: LookPoint): boolean {
  return look.confidence > lookCutoff && isWord(look, lookLossNats, unsureLossNats);
}

export function outcomeAt(
  positives: readonly Looked[],
  negatives: readonly Looked[],
  point: LookPoint,
): Outcome {
  const isFound = ({ looks }: Looked): boolean => looks.some((look) => wakes(look, point));
  const falseWakes = negatives.reduce(
    (sum, { looks }) => sum + looks.filter((look) => wakes(look, point)).length,
    0,
  );
  return { ...point, missed: positives.filter((heard) => !isFound(heard)).length, falseWakes };
}

/** Of the outcomes with no more false wakes than that, the one that misses least; of equals the strictest. */
export function bestWithin(outcomes: readonly Outcome[], mostFalseWakes: number): Outcome | undefined {
  const allowed = outcomes.filter(({ falseWakes }) => falseWakes <= mostFalseWakes);
  return allowed.sort(
    (a, b) => a.missed - b.missed || a.falseWakes - b.falseWakes || a.lookLossNats - b.lookLossNats,
  )[0];
}
