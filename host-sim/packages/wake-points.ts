import { SENSITIVITIES, type WakePoint, type WakePoints } from '../../firmware/core/wake-points';
import type { MeasuredPointFields, SecondLookFields, WakeWordManifest } from './model-shape';
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
 * Without measured sensitivities the odds of the cutoffs are doubled for low and halved for high. */
export function wakePointsOf({ micro, earshot }: WakeWordManifest): MeasuredPoints {
  const plain: WakePoint = {
    probabilityCutoff: micro.probability_cutoff,
    slidingWindowSize: micro.sliding_window_size,
    lookCutoff: micro.probability_cutoff,
    lookLossNats: DEFAULT_LOOK_LOSS_NATS,
    unsureLossNats: MOST_LOSS_NATS,
  };
  const normal = withLook(plain, earshot?.secondLook);
  const measured = earshot?.sensitivity;
  if (!measured) {
    const points = { low: scaled(normal, 2, -1), normal, high: scaled(normal, 0.5, 1) };
    return { points, areMeasured: false };
  }
  const [low, middle, high] = SENSITIVITIES.map((name) => measuredPoint(normal, measured[name] ?? {})) as [
    WakePoint,
    WakePoint,
    WakePoint,
  ];
  return { points: { low, normal: middle, high }, areMeasured: true };
}

function measuredPoint(normal: WakePoint, named: MeasuredPointFields): WakePoint {
  const point = {
    ...normal,
    probabilityCutoff: named.probability_cutoff ?? normal.probabilityCutoff,
    slidingWindowSize: named.sliding_window_size ?? normal.slidingWindowSize,
  };
  return withLook(point, named.secondLook);
}

function withLook(point: WakePoint, look: SecondLookFields = {}): WakePoint {
  return {
    ...point,
    lookCutoff: look.probability_cutoff ?? point.lookCutoff,
    lookLossNats: look.loss_nats ?? point.lookLossNats,
    unsureLossNats: look.unsure_loss_nats ?? point.unsureLossNats,
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
