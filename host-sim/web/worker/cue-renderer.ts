/// <reference types="webassembly-js-api" />
import type { Cue } from '../../../firmware/core/ports';
import { Machine } from '../../sim/wasm/machine';

export const CUE_RATE = 48_000;
const BLOCK = 4800;

/** The speaker's own sounds, by the native that the chip's loudspeaker plays them with. */
export class CueRenderer {
  readonly #machine: Machine;
  readonly #self: number;
  readonly #block: number;

  constructor(natives: WebAssembly.Module) {
    this.#machine = new Machine(natives);
    this.#self = this.#machine.allocate(this.#machine.native('cue_bytes')());
    this.#block = this.#machine.allocate(2 * BLOCK);
  }

  /** All of a cue: mono, at CUE_RATE. */
  render(cue: Cue, volumePercent: number): Int16Array {
    const machine = this.#machine;
    const number = machine.native('cue_of_name')(machine.placeText(cue));
    if (machine.native('cue_init')(this.#self, number, CUE_RATE, volumePercent) === 0)
      throw new RangeError(`no cue '${cue}' at ${volumePercent} percent`);
    const pieces: number[] = [];
    for (;;) {
      const count = machine.native('cue_render')(this.#self, this.#block, BLOCK);
      if (count === 0) return Int16Array.from(pieces);
      for (const sample of machine.samples(this.#block, count)) pieces.push(sample);
    }
  }
}
