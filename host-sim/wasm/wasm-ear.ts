/// <reference types="webassembly-js-api" />

import { type Guard, SENSITIVITIES, type Sensitivity } from '../../firmware/core/wake-points';
import type { FedEar } from '../io/simulated-ear';
import type { PhoneModel, WakeWordModel } from '../parts/models';
import { Machine } from './machine';
import { loadGrammar, ModelError, openDecoder, openModel } from './parts';

export interface EarSetup {
  readonly wakeWords: readonly WakeWordModel[];
  /** The phone model and the compiled grammar that its output is searched with. */
  readonly commands?: { readonly phones: PhoneModel; readonly network: Uint8Array };
}

/** What understands commands, by address. */
interface AttachedCommands {
  readonly phones: PhoneModel;
  readonly model: number;
  readonly decoder: number;
}

const BLOCK_SAMPLES = 16000;
const CUTOFF_ONE = 65536;
const NAT = 256;

/** The ear of the simulator: the natives in WebAssembly, hearing a recording or what it is fed. */
export class WasmEar implements FedEar {
  readonly #machine: Machine;
  readonly #self: number;
  readonly #block: number;
  readonly #eventText: number;
  readonly #eventBytes: number;
  readonly #hearNative: (...args: number[]) => number;
  readonly #takeEventNative: (...args: number[]) => number;
  readonly #names = new Map<string, number>();
  #waiting: Int16Array[] = [];
  #commands: AttachedCommands | undefined;

  /** @param recording 16 kHz mono samples for `hear` to begin with
   * @throws ModelError when a model or the grammar is not what the natives take */
  constructor(natives: WebAssembly.Module, setup: EarSetup, recording?: Int16Array) {
    const machine = new Machine(natives);
    this.#machine = machine;
    const frontEnd = machine.allocate(machine.native('features_bytes')());
    this.#self = machine.allocate(machine.native('ear_bytes')());
    machine.native('ear_init')(this.#self, frontEnd);
    setup.wakeWords.forEach((word, index) => {
      this.#addWakeWord(word);
      this.#setPoints(word, index);
      this.#setPronunciations(word, index);
    });
    this.#setVerifiers(setup.wakeWords);
    if (setup.commands) this.#setCommands(setup.commands.phones, setup.commands.network);
    this.#block = machine.allocate(BLOCK_SAMPLES * Int16Array.BYTES_PER_ELEMENT);
    this.#eventBytes = machine.native('ear_glue_event_bytes')();
    this.#eventText = machine.allocate(this.#eventBytes);
    this.#hearNative = machine.native('ear_hear');
    this.#takeEventNative = machine.native('ear_take_event');
    if (recording) this.feed(recording);
  }

  feed(pcm: Int16Array): void {
    if (pcm.length > 0) this.#waiting.push(pcm);
  }

  hear(sampleCount: number): number {
    let heard = 0;
    while (heard < sampleCount && this.#waiting[0]) {
      const first = this.#waiting[0];
      const taken = Math.min(sampleCount - heard, first.length, BLOCK_SAMPLES);
      this.#machine.samples(this.#block, taken).set(first.subarray(0, taken));
      this.#hearNative(this.#self, this.#block, taken);
      if (taken < first.length) this.#waiting[0] = first.subarray(taken);
      else this.#waiting.shift();
      heard += taken;
    }
    return heard;
  }

  listen(sinceSample: number): void {
    this.#machine.native('ear_listen')(this.#self, sinceSample);
  }

  stopListening(): void {
    this.#machine.native('ear_stop_listening')(this.#self);
  }

  setMuted(muted: boolean): void {
    this.#machine.native('ear_set_muted')(this.#self, muted ? 1 : 0);
  }

  setSensitivity(sensitivity: Sensitivity): void {
    const number = this.#numberOf('ear_sensitivity_of_name', sensitivity);
    this.#machine.native('ear_set_sensitivity')(this.#self, number);
  }

  setGuard(guard: Guard): void {
    this.#machine.native('ear_set_guard')(this.#self, this.#numberOf('ear_guard_of_name', guard));
  }

  /** Understands another compiled grammar from now on. What is being listened to ends without an event.
   * @throws ModelError, and then it understands nothing until the next; RangeError when it has no phone model */
  setGrammar(network: Uint8Array): void {
    if (!this.#commands) throw new RangeError('this ear has no phone model to understand commands with');
    this.stopListening();
    loadGrammar(this.#machine, this.#commands.decoder, network);
    this.#attachCommands(this.#commands);
  }

  takeEvent(): string | undefined {
    const length = this.#takeEventNative(this.#self, this.#eventText);
    return length > 0 ? this.#machine.text(this.#eventText, this.#eventBytes) : undefined;
  }

  #addWakeWord(word: WakeWordModel): void {
    const machine = this.#machine;
    const model = openModel(machine, word.name, word.tflite);
    const cutoff = Math.round(word.probabilityCutoff * CUTOFF_ONE);
    const add = machine.native('ear_add_wake_word');
    this.#accept(
      `wake word ${word.name}`,
      add(this.#self, machine.placeText(word.name), model, cutoff, word.slidingWindowSize),
    );
  }

  #setPoints(word: WakeWordModel, index: number): void {
    const set = this.#machine.native('ear_glue_set_point');
    for (const sensitivity of SENSITIVITIES) {
      const point = word.points[sensitivity];
      const status = set(
        this.#self,
        index,
        this.#numberOf('ear_sensitivity_of_name', sensitivity),
        Math.round(point.probabilityCutoff * CUTOFF_ONE),
        point.slidingWindowSize,
        Math.round(point.lookCutoff * CUTOFF_ONE),
        Math.trunc(point.lookLossNats * NAT),
        Math.trunc(point.unsureLossNats * NAT),
      );
      this.#accept(`wake word ${word.name}, ${sensitivity} sensitivity`, status);
    }
  }

  #setPronunciations({ name, pronunciations }: WakeWordModel, index: number): void {
    if (!pronunciations) return;
    const machine = this.#machine;
    const set = machine.native('ear_set_pronunciations');
    const status = set(this.#self, index, machine.place(pronunciations), pronunciations.length);
    this.#accept(`pronunciations of ${name}`, status);
  }

  #setVerifiers(words: readonly WakeWordModel[]): void {
    const machine = this.#machine;
    const embedding = words.find(({ verifier }) => verifier)?.verifier?.embedding;
    if (!embedding) return;
    const model = openModel(machine, 'embedding', embedding);
    this.#accept('speech embedding', machine.native('ear_set_embedding')(this.#self, model));
    words.forEach(({ name, verifier }, index) => {
      if (!verifier) return;
      const net = openModel(machine, `verifier of ${name}`, verifier.tflite);
      this.#accept(`verifier of ${name}`, machine.native('ear_set_verifier')(this.#self, index, net));
    });
  }

  /** The number under which the natives know a name. */
  #numberOf(lookUp: string, name: string): number {
    const address = this.#names.get(name) ?? this.#machine.placeText(name);
    this.#names.set(name, address);
    const number = this.#machine.native(lookUp)(address);
    if (number < 0) throw new RangeError(`the ear knows no '${name}'`);
    return number;
  }

  #setCommands(phones: PhoneModel, network: Uint8Array): void {
    const machine = this.#machine;
    const model = openModel(machine, 'phones', phones.tflite);
    this.#commands = { phones, model, decoder: openDecoder(machine, network) };
    this.#attachCommands(this.#commands);
  }

  #attachCommands({ phones, model, decoder }: AttachedCommands): void {
    const set = this.#machine.native('ear_set_commands');
    const { blankPenalty, lookAheadMs, features } = phones;
    const heard = this.#numberOf('ear_phone_features_of_name', features);
    this.#accept('phone model', set(this.#self, model, decoder, blankPenalty, lookAheadMs, heard));
  }

  #accept(what: string, status: number): void {
    if (status === 0) return;
    const why = this.#machine.text(this.#machine.native('ear_status_text')(status));
    throw new ModelError(`${what}: ${why}`);
  }
}
