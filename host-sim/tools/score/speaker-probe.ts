import { SENSITIVITIES, type Sensitivity } from '../../../firmware/core/wake-points';
import type { WakeWordModel } from '../../packages/models';
import type { LoadedHearing } from '../../packages/speaker';
import { createEar } from '../../sim/wasm/natives';
import { FreshEar } from './fresh-ear';
import { peakOf, type Track } from './track';

/** The whole ear with one of the wake words, second look and all: when it wakes is when the speaker does. */
export class SpeakerProbe {
  private readonly fresh: FreshEar;

  constructor(
    private readonly model: WakeWordModel,
    hearing: LoadedHearing,
  ) {
    this.fresh = new FreshEar(createEar({ ...hearing, wakeWords: [model] }));
  }

  /** The samples at which it wakes, heard as by a speaker just switched on.
   * @param track what the model's network says of the same sound: without a high enough mean nothing can wake */
  wakes(pcm: Int16Array, track: Track, sensitivity: Sensitivity): number[] {
    const { lookCutoff, slidingWindowSize } = this.model.points[sensitivity];
    if (peakOf(track, slidingWindowSize) <= lookCutoff - CUTOFF_STEP) return [];
    this.fresh.ear.setSensitivity(sensitivity);
    return this.fresh.hear(pcm).flatMap(({ at, event }) => (event.type === 'wakeWordHeard' ? [at] : []));
  }

  /** The same at each of several sensitivities, played only where an easier one, judging the same looks, has woken. */
  wakesAt(pcm: Int16Array, track: Track, sensitivities: readonly Sensitivity[]): number[][] {
    const found = new Map<Sensitivity, number[]>();
    for (const each of EASIEST_FIRST.filter((one) => sensitivities.includes(one))) {
      const slept = [...found].some(([easier, wakes]) => wakes.length === 0 && this.covers(easier, each));
      found.set(each, slept ? [] : this.wakes(pcm, track, each));
    }
    return sensitivities.map((each) => found.get(each) ?? []);
  }

  /** Whether a recording that does not wake it at the easier one cannot wake it at the other. */
  private covers(easier: Sensitivity, other: Sensitivity): boolean {
    const { [easier]: one, [other]: two } = this.model.points;
    const looksAlike = one.lookCutoff === two.lookCutoff && one.slidingWindowSize === two.slidingWindowSize;
    const isLenient = one.lookLossNats >= two.lookLossNats && one.unsureLossNats >= two.unsureLossNats;
    return looksAlike && isLenient;
  }
}

/** The natives round cutoffs to 65536ths. */
const CUTOFF_STEP = 1 / 65_536;

const EASIEST_FIRST = [...SENSITIVITIES].reverse();
