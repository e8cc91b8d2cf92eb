import type { WakePoint } from '../../../firmware/core/wake-points';
import { MOST_LOSS_NATS } from '../../packages/wake-points';
import type { Look, Looked } from './look-worker';

/** As in natives/ear/wake_word.h: what the spotter's whole sureness is worth to the second look. */
export const LOOK_SLOPE_NATS = 3;

/** Of WAKE_WORD_VERIFIER_WEIGHT there: what a nat of the word verifier's logit is worth. */
export const WORD_VERIFIER_WEIGHT = 128 / 256;

/** WAKE_WORD_LEAST_LOGIT there: of the word verifier's, however sure the others are. */
export const LEAST_LOGIT_NATS = -3.5;

/** WAKE_WORD_SURE_LOGIT there: a word verifier with less is not sure. */
export const SURE_LOGIT_NATS = 7;

/** WAKE_WORD_TALK_LOSS there: how much less a phone may lose where it was talked all the time before. */
export const TALK_NATS = 3.5;

export type LookPoint = Pick<WakePoint, 'lookCutoff' | 'lookLossNats' | 'unsureLossNats'>;

export interface Outcome extends LookPoint {
  readonly missed: number;
  readonly falseWakes: number;
}

/** Whether a look wakes at this point. */
export function wakes(
  { confidence, lossNats, wordVerifierNats, talkShare }: Look,
  { lookCutoff, lookLossNats, unsureLossNats }: LookPoint,
): boolean {
  const sureness =
    LOOK_SLOPE_NATS * (confidence - 0.5) + WORD_VERIFIER_WEIGHT * wordVerifierNats - TALK_NATS * talkShare;
  const most = wordVerifierNats < SURE_LOGIT_NATS ? unsureLossNats : MOST_LOSS_NATS;
  return (
    confidence > lookCutoff &&
    wordVerifierNats >= LEAST_LOGIT_NATS &&
    lossNats <= Math.min(lookLossNats + sureness, most)
  );
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
