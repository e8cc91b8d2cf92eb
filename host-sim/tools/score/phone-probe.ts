import { PHONES } from '../../grammar/phones';
import type { PhoneModel } from '../../packages/models';
import { Machine } from '../../sim/wasm/machine';
import { natives } from '../../sim/wasm/natives';
import { ModelError, openModel } from '../../sim/wasm/open';

const BLOCK_SAMPLES = 16_000;
const BLANK = 0;

/** The speaker's own path from samples to phones: what the ear would hear that listens from the beginning. */
export class PhoneProbe {
  private readonly machine = new Machine(natives());
  private readonly self: number;
  private readonly block: number;
  private readonly classes: number;

  /** @throws ModelError */
  constructor({ model: bytes, features }: PhoneModel) {
    const { machine } = this;
    const model = openModel(machine, 'phones', bytes);
    const frontEnd = machine.allocate(machine.native('features_bytes')());
    this.self = machine.allocate(machine.native('phones_glue_bytes')());
    this.block = machine.allocate(BLOCK_SAMPLES * Int16Array.BYTES_PER_ELEMENT);
    this.classes = machine.allocate(BLOCK_SAMPLES);
    const kind = machine.native('ear_phone_features_of_name')(machine.placeText(features));
    if (machine.native('phones_glue_init')(this.self, frontEnd, model, kind) === 0)
      throw new ModelError(`phones: not a streaming phone model of ${features} features`);
  }

  /** The phones of the best path, as a speaker just switched on hears them. */
  hear(pcm: Int16Array): string[] {
    this.machine.native('phones_glue_reset')(this.self);
    const classes: number[] = [];
    for (let from = 0; from < pcm.length; from += BLOCK_SAMPLES) {
      const samples = pcm.subarray(from, from + BLOCK_SAMPLES);
      this.machine.samples(this.block, samples.length).set(samples);
      const rows = this.machine.native('phones_glue_hear')(
        this.self,
        this.block,
        samples.length,
        this.classes,
      );
      classes.push(...this.machine.bytes(this.classes, rows));
    }
    return phonesOf(classes);
  }
}

/** A path's phones: repeats are one, and blanks none. */
export function phonesOf(classes: readonly number[]): string[] {
  return classes.flatMap((each, index) =>
    each === BLANK || each === classes[index - 1] ? [] : [PHONES[each - 1] as string],
  );
}
