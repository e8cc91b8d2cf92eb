/// <reference types="webassembly-js-api" />
import type { Phones } from '../../../firmware/core/hearing';
import { Machine } from '../../sim/wasm/machine';
import { ModelError, openModel } from '../../sim/wasm/open';
import { CLASSES } from './messages';

/** The phone model running all the time, to be looked at. The ear runs it only while it takes a second look or listens. */
export class PhoneWatch {
  readonly #machine: Machine;
  readonly #self: number;
  readonly #block: number;
  readonly #classes: number;
  readonly #scale: number;

  /** @throws ModelError */
  constructor(natives: WebAssembly.Module, { model: bytes, features }: Phones<Uint8Array>) {
    const machine = new Machine(natives);
    const model = openModel(machine, 'phones', bytes);
    const frontEnd = machine.allocate(machine.native('features_bytes')());
    this.#self = machine.allocate(machine.native('phones_glue_bytes')());
    this.#block = machine.allocate(2 * MOST_SAMPLES);
    this.#classes = machine.allocate(MOST_ROWS);
    const kind = machine.native('ear_phone_features_of_name')(machine.placeText(features));
    if (machine.native('phones_glue_init')(this.#self, frontEnd, model, kind) === 0)
      throw new ModelError(`phones: not a streaming phone model of ${features} features`);
    this.#scale = machine.native('phones_glue_logit_scale')(this.#self);
    this.#machine = machine;
  }

  /** Forgets what was heard, as a mute does. */
  reset(): void {
    this.#machine.native('phones_glue_reset')(this.#self);
  }

  /** Hears at most 10 ms; calls back with the probabilities of each row that they complete, in 255ths. */
  hear(samples: Int16Array, onRow: (row: Uint8Array) => void): void {
    const machine = this.#machine;
    machine.samples(this.#block, samples.length).set(samples);
    const rows = machine.native('phones_glue_hear')(this.#self, this.#block, samples.length, this.#classes);
    const address = machine.native('phones_glue_logits')(this.#self);
    for (let row = 0; row < rows; row++)
      onRow(this.#probabilities(machine.bytes(address + row * CLASSES, CLASSES)));
  }

  #probabilities(logits: Uint8Array): Uint8Array {
    const row = new Uint8Array(CLASSES);
    const odds = Array.from(logits, (logit) => Math.exp(((logit << 24) >> 24) * this.#scale));
    const sum = odds.reduce((total, each) => total + each, 0);
    for (let i = 0; i < CLASSES; i++) row[i] = Math.round((255 * (odds[i] as number)) / sum);
    return row;
  }
}

const MOST_SAMPLES = 160;
const MOST_ROWS = 16;
