/// <reference types="webassembly-js-api" />

import type { Commands, NativeFace, NativeHearing, NativeWakeWord } from '../../../firmware/core/hearing';
import type { Guard, Sensitivity } from '../../../firmware/core/wake-points';
import type { FedEar } from '../io/simulated-ear';
import { Machine } from './machine';
import { loadGrammar, ModelError, openModel } from './open';

const BLOCK_SAMPLES = 16000;

/** What decides whether a sentence is accepted (`decoder.h`). */
export interface Judge {
  readonly allowedNats: number;
  readonly worstNats: number;
  readonly accepted: number;
  readonly careful: number;
  readonly doubted: number;
  readonly anythingNats: number;
}

const NAT = 256;

/** What `tap_glue.c` tells of an ear, to be looked at: `ear_tap_<name>`. */
export type Tap =
  | 'frames'
  | 'feature'
  | 'wake_mean'
  | 'is_looking'
  | 'look_loss'
  | 'look_logit'
  | 'is_listening'
  | 'confidence';

/** The ear of the simulator: the natives in WebAssembly, hearing a recording or what it is fed. */
export class WasmEar implements FedEar, NativeFace<Uint8Array> {
  readonly #machine: Machine;
  readonly #self: number;
  readonly #block: number;
  readonly #eventText: number;
  readonly #eventBytes: number;
  readonly #hearNative: (...args: number[]) => number;
  readonly #takeEventNative: (...args: number[]) => number;
  readonly #names = new Map<string, number>();
  #waiting: Int16Array[] = [];
  /** What understands commands, by address: another grammar takes the decoder of the one before. */
  #phones: { readonly bytes: Uint8Array; readonly model: number } | undefined;
  #decoder: number | undefined;

  /** It hears with nothing yet: see `equip`.
   * @param recording 16 kHz mono samples for `hear` to begin with */
  constructor(natives: WebAssembly.Module, recording?: Int16Array) {
    const machine = new Machine(natives);
    this.#machine = machine;
    const frontEnd = machine.allocate(machine.native('features_bytes')());
    this.#self = machine.allocate(machine.native('ear_bytes')());
    machine.native('ear_init')(this.#self, frontEnd);
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

  /** @throws ModelError when a model or the grammar is not what the natives take */
  configure({ wakeWords, embedding, commands }: NativeHearing<Uint8Array>): void {
    if (wakeWords) this.#takeWakeWords(wakeWords, embedding);
    if (commands) this.#takeCommands(commands);
  }

  takeEvent(): string | undefined {
    const length = this.#takeEventNative(this.#self, this.#eventText);
    return length > 0 ? this.#machine.text(this.#eventText, this.#eventBytes) : undefined;
  }

  /** A number of what the ear thinks at the moment. `index`: of the channel or the wake word, where there are several. */
  tap(name: Tap, index = 0): number {
    return this.#machine.native(`ear_tap_${name}`)(this.#self, index);
  }

  #takeWakeWords(words: readonly NativeWakeWord<Uint8Array>[], embedding: Uint8Array | undefined): void {
    for (const [index, word] of words.entries()) this.#putWakeWord(word, index);
    const embeddingModel = embedding ? openModel(this.#machine, 'embedding', embedding) : 0;
    const take = this.#machine.native('ear_glue_configure_wake_words');
    this.#accept(take(this.#self, words.length, embeddingModel));
  }

  #putWakeWord(
    { name, model, points, pronunciations, wordVerifier }: NativeWakeWord<Uint8Array>,
    index: number,
  ): void {
    const machine = this.#machine;
    machine.native('ear_glue_put_wake_word')(
      index,
      machine.placeText(name),
      openModel(machine, name, model),
      machine.place(new Uint8Array(points)),
      machine.place(new Uint8Array(pronunciations)),
      pronunciations.byteLength,
      wordVerifier ? openModel(machine, `word verifier of ${name}`, wordVerifier) : 0,
    );
  }

  /** Of the commands that the ear has now; in nats and shares. @throws RangeError where that is out of range */
  setJudge({ allowedNats, worstNats, accepted, careful, doubted, anythingNats }: Judge): void {
    if (this.#decoder === undefined) return;
    const set = this.#machine.native('decoder_glue_set_judge');
    const nats = (loss: number): number => Math.round(loss * NAT);
    const share = (confidence: number): number => Math.round(confidence * 1000);
    const losses = [nats(allowedNats), nats(worstNats)] as const;
    if (!set(this.#decoder, ...losses, share(accepted), share(careful), share(doubted), nats(anythingNats)))
      throw new RangeError('a judge takes losses of 0 to 100 nats and confidences of 0 to 1');
  }

  /** Lets go of the decoder before another grammar takes its place. */
  #takeCommands({ phones, graph }: Commands<Uint8Array>): void {
    const machine = this.#machine;
    const take = machine.native('ear_glue_configure_commands');
    take(this.#self, 0, 0, 0, 0, 0);
    if (this.#phones?.bytes !== phones.model)
      this.#phones = { bytes: phones.model, model: openModel(machine, 'phones', phones.model) };
    this.#decoder ??= machine.allocate(machine.native('decoder_bytes')());
    loadGrammar(machine, this.#decoder, graph);
    const { blankPenaltyNats, lookAheadMs } = phones;
    const features = this.#numberOf('ear_phone_features_of_name', phones.features);
    this.#accept(
      take(this.#self, this.#phones.model, this.#decoder, blankPenaltyNats, lookAheadMs, features),
    );
  }

  /** The number under which the natives know a name. */
  #numberOf(lookUp: string, name: string): number {
    const address = this.#names.get(name) ?? this.#machine.placeText(name);
    this.#names.set(name, address);
    const number = this.#machine.native(lookUp)(address);
    if (number < 0) throw new RangeError(`the ear knows no '${name}'`);
    return number;
  }

  #accept(status: number): void {
    if (status !== 0) throw new ModelError(this.#machine.text(this.#machine.native('ear_glue_detail')()));
  }
}
