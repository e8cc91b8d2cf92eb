import type { WakeWordModel } from '../../packages/models';
import { HOP_SAMPLES } from '../../sim/session';
import { Machine } from '../../sim/wasm/machine';
import { natives } from '../../sim/wasm/natives';
import { ModelError, openModel } from '../../sim/wasm/open';
import type { Track } from './track';

const CHANNELS = 40;
const BLOCK_HOPS = 100;
const CHANCE_ONE = 256;

interface Probe {
  readonly spotter: number;
  readonly stepHops: number;
}

/** The speaker's own path from samples to a wake model's chances, for several models over the same features. */
export class WakeProbe {
  private readonly machine = new Machine(natives());
  private readonly frontEnd: number;
  private readonly block: number;
  private readonly frame: number;
  private readonly ready: number;
  private readonly probes: readonly Probe[];

  /** @throws ModelError */
  constructor(models: readonly WakeWordModel[]) {
    const { machine } = this;
    this.frontEnd = machine.allocate(machine.native('features_bytes')());
    this.block = machine.allocate(BLOCK_HOPS * HOP_SAMPLES * Int16Array.BYTES_PER_ELEMENT);
    this.frame = machine.allocate(CHANNELS * Uint16Array.BYTES_PER_ELEMENT);
    this.ready = machine.allocate(Int32Array.BYTES_PER_ELEMENT);
    this.probes = models.map((model) => this.open(model));
  }

  /** One track a model; each recording is heard as by a speaker just switched on. */
  hear(pcm: Int16Array): Track[] {
    const { machine } = this;
    const push = machine.native('features_push');
    const chanceOf = machine.native('spotter_glue_frame');
    machine.native('features_reset')(this.frontEnd);
    for (const { spotter } of this.probes) machine.native('spotter_reset')(spotter);
    const chances = this.probes.map(() => [] as number[]);
    const firstSamples = this.probes.map(() => 0); // models differ in how long they warm up
    for (let at = 0; at + HOP_SAMPLES <= pcm.length; at += HOP_SAMPLES) {
      push(this.frontEnd, this.placed(pcm, at), HOP_SAMPLES, this.frame, this.ready);
      if (machine.bytes(this.ready, 1)[0] === 0) continue;
      this.probes.forEach(({ spotter }, index) => {
        const chance = chanceOf(spotter, this.frame);
        if (chance < 0) return;
        firstSamples[index] ||= at + HOP_SAMPLES;
        chances[index]?.push(chance / CHANCE_ONE);
      });
    }
    return this.probes.map(({ stepHops }, index) => ({
      chances: Float32Array.from(chances[index] as number[]),
      firstSample: firstSamples[index] as number,
      stepSamples: stepHops * HOP_SAMPLES,
    }));
  }

  /** Address of the samples from `at` on; a block is copied in when its first ones are wanted. */
  private placed(pcm: Int16Array, at: number): number {
    const inBlock = at % (BLOCK_HOPS * HOP_SAMPLES);
    if (inBlock === 0) {
      const block = pcm.subarray(at, at + BLOCK_HOPS * HOP_SAMPLES);
      this.machine.samples(this.block, block.length).set(block);
    }
    return this.block + inBlock * Int16Array.BYTES_PER_ELEMENT;
  }

  private open({ name, model: tflite }: WakeWordModel): Probe {
    const { machine } = this;
    const model = openModel(machine, name, tflite);
    const spotter = machine.allocate(machine.native('spotter_glue_bytes')());
    if (machine.native('spotter_glue_init')(spotter, model) === 0) {
      throw new ModelError(
        `wake word ${name}: not a streaming wake model: int8 [1, stride, 40] in, one chance out`,
      );
    }
    return { spotter, stepHops: machine.native('model_glue_input_bytes')(model) / CHANNELS };
  }
}
