import type { NearMiss } from '../../../firmware/core/ear-events';
import { SENSITIVITIES, type WakePoint, type WakePoints } from '../../../firmware/core/wake-points';
import type { WakeWordModel } from '../../packages/models';
import type { LoadedHearing } from '../../packages/speaker';
import { withSilence } from '../../sim/audio/recording';
import { createEar } from '../../sim/wasm/natives';
import type { SecondLook } from '../../sim/wasm/second-look';
import { type Backgrounds, type Condition, inCondition } from './conditions';
import { FreshEar } from './fresh-ear';
import { serveTasks } from './pool';
import { readSound } from './sounds';

/** After each recording, as in replay, so that what is said at its very end is heard. */
const SILENCE_MS = 1500;
/** No alignment loses less than nothing, whatever a word verifier says, so every look ends in a veto that tells its figures. */
const NEVER_NATS = -10;

export interface LookSetup {
  readonly word: WakeWordModel;
  readonly hearing: LoadedHearing;
  /** From which mean on it looks. */
  readonly lookCutoff: number;
  readonly backgrounds: Backgrounds;
}

export interface LookTask {
  readonly path: string;
  readonly condition: Condition;
  readonly seed: number;
}

/** What the scorer keeps of one second look. */
export type Look = SecondLook;

export interface Looked {
  readonly samples: number;
  readonly looks: readonly Look[];
}

/** What the alignment has not found, or the word verifier has had no say in, cannot wake. */
function lookOf(word: WakeWordModel, { confidence, lossNats, verifier, talk }: NearMiss): Look {
  const isJudged = lossNats !== undefined && (!word.wordVerifier || verifier !== undefined);
  return {
    confidence,
    lossNats: isJudged ? lossNats : Number.POSITIVE_INFINITY,
    wordVerifierNats: verifier ?? 0,
    talkShare: talk ?? 0,
  };
}

serveTasks(({ word, hearing, lookCutoff, backgrounds }: LookSetup) => {
  const point: WakePoint = { ...word.points.normal, lookCutoff, lookLossNats: NEVER_NATS };
  const points = Object.fromEntries(SENSITIVITIES.map((name) => [name, point])) as unknown as WakePoints;
  const fresh = new FreshEar(createEar({ ...hearing, wakeWords: [{ ...word, points }] }));
  return async ({ path, condition, seed }: LookTask): Promise<Looked> => {
    const pcm = await readSound(path);
    const changed = inCondition(pcm, condition, backgrounds, seed);
    const from = changed.length - pcm.length;
    const looks = fresh.hear(withSilence(changed, SILENCE_MS)).flatMap(({ at, event }) => {
      const isLook = event.type === 'nearMiss' && event.reason === 'vetoed';
      return isLook && at >= from ? [lookOf(word, event)] : [];
    });
    return { samples: pcm.length, looks };
  };
});
