import { SENSITIVITIES, type WakePoint, type WakePoints } from '../../firmware/core/wake-points';
import type { Manifest } from './manifest';
import { MOST_LOSS_NATS } from './second-look';

/** What a phone may lose in a second look for which a model's card names no figure. */
const DEFAULT_LOOK_LOSS_NATS = 2.75;
/** How much the look's allowance differs between neighbouring sensitivities that nobody measured. */
const LOOK_LOSS_STEP_NATS = 0.25;

export interface MeasuredPoints {
  readonly points: WakePoints;
  /** False when low and high sensitivity are guesses. */
  readonly areMeasured: boolean;
}

/** Reads `micro` and, where a model has it, `earshot`:
 *
 *     "earshot": {
 *       "secondLook": { "probability_cutoff": 0.15, "loss_nats": 2.4, "unsure_loss_nats": 3.5 },
 *       "sensitivity": { "low": { "probability_cutoff": …, "sliding_window_size": …, "secondLook": … }, "high": … }
 *     }
 *
 * What a sensitivity does not name is as at normal. Without measured sensitivities the odds of the cutoffs are doubled
 * for low and halved for high. Throws Problem. */
export function readWakePoints(micro: Manifest, earshot: Manifest | undefined): MeasuredPoints {
  const cutoff = micro.number('probability_cutoff', 0, 1);
  const plain: WakePoint = {
    probabilityCutoff: cutoff,
    slidingWindowSize: micro.integer('sliding_window_size', 1, 32),
    lookCutoff: cutoff,
    lookLossNats: DEFAULT_LOOK_LOSS_NATS,
    unsureLossNats: MOST_LOSS_NATS,
  };
  const normal = earshot ? withLook(plain, earshot) : plain;
  const measured = earshot?.optionalChild('sensitivity');
  if (!measured) {
    const points = { low: scaled(normal, 2, -1), normal, high: scaled(normal, 0.5, 1) };
    return { points, areMeasured: false };
  }
  const [low, middle, high] = SENSITIVITIES.map((name) => {
    const named = measured.optionalChild(name);
    return named ? measuredPoint(normal, named) : normal;
  }) as [WakePoint, WakePoint, WakePoint];
  return { points: { low, normal: middle, high }, areMeasured: true };
}

function measuredPoint(normal: WakePoint, named: Manifest): WakePoint {
  const point = {
    ...normal,
    probabilityCutoff: named.optionalNumber('probability_cutoff', 0, 1) ?? normal.probabilityCutoff,
    slidingWindowSize: named.optionalInteger('sliding_window_size', 1, 32) ?? normal.slidingWindowSize,
  };
  return withLook(point, named);
}

function withLook(point: WakePoint, holder: Manifest): WakePoint {
  const look = holder.optionalChild('secondLook');
  if (!look) return point;
  return {
    ...point,
    lookCutoff: look.optionalNumber('probability_cutoff', 0, 1) ?? point.lookCutoff,
    lookLossNats: look.optionalNumber('loss_nats', -10, 10) ?? point.lookLossNats,
    unsureLossNats: look.optionalNumber('unsure_loss_nats', -10, MOST_LOSS_NATS) ?? point.unsureLossNats,
  };
}

function scaled(point: WakePoint, oddsFactor: number, lookSteps: number): WakePoint {
  return {
    ...point,
    probabilityCutoff: withOdds(point.probabilityCutoff, oddsFactor),
    lookCutoff: withOdds(point.lookCutoff, oddsFactor),
    lookLossNats: point.lookLossNats + lookSteps * LOOK_LOSS_STEP_NATS,
  };
}

/** The probability with so many times the odds. */
function withOdds(probability: number, factor: number): number {
  return (probability * factor) / (probability * factor + 1 - probability);
}
