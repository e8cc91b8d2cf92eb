import type { PhoneModel, WakeWordModel } from '../parts/models';
import { HOP_SAMPLES } from '../session';
import { Machine } from '../wasm/machine';
import { createEar, natives } from '../wasm/natives';
import { openDecoder, openModel } from '../wasm/parts';

/** The ear's parts, each run alone over the whole audio. */
export class Workload {
  private readonly machine = new Machine(natives());
  private readonly hops: number;
  private readonly frontEnd: number;
  private readonly samples: number;
  private readonly frame: number;
  private readonly wakeModel: number;
  private readonly phoneModel: number;
  private readonly commands: number;

  constructor(
    private readonly audio: Int16Array,
    private readonly wakeWord: WakeWordModel,
    private readonly phones: PhoneModel,
    private readonly network: Uint8Array,
  ) {
    const { machine } = this;
    this.hops = Math.floor(audio.length / HOP_SAMPLES);
    this.frontEnd = machine.allocate(machine.native('features_bytes')());
    this.samples = machine.place(new Uint8Array(audio.buffer, audio.byteOffset, audio.byteLength));
    this.frame = machine.allocate(128);
    this.wakeModel = openModel(machine, wakeWord.name, wakeWord.tflite);
    this.phoneModel = openModel(machine, 'phones', phones.tflite);
    this.commands = openDecoder(machine, network);
  }

  features(): void {
    const push = this.machine.native('features_push');
    const ready = this.frame + 96;
    this.machine.native('features_reset')(this.frontEnd);
    for (let hop = 0; hop < this.hops; hop++) {
      push(this.frontEnd, this.samples + hop * HOP_SAMPLES * 2, HOP_SAMPLES, this.frame, ready);
    }
  }

  wakeNet(): void {
    this.invokeAll(this.wakeModel);
  }

  phoneNet(): void {
    this.invokeAll(this.phoneModel);
  }

  /** Over the phone model's real output, repeated: the search's width depends on what it is given. */
  decoder(): void {
    const { machine } = this;
    const logits = machine.native('model_glue_output_data')(this.phoneModel);
    const step = machine.native('decoder_step');
    const rows = this.hops / this.strideOf(this.phoneModel);
    machine.native('decoder_start')(this.commands);
    for (let row = 0; row < rows; row++) {
      if (step(this.commands, logits) !== 0) machine.native('decoder_start')(this.commands);
    }
  }

  /** The whole ear as the speaker runs it: gate, features, wake word, events. */
  replay(): void {
    const ear = createEar({ wakeWords: [this.wakeWord] }, this.audio);
    while (ear.hear(HOP_SAMPLES) > 0) while (ear.takeEvent());
  }

  /** The same with the phone model and the decoder at work all the time, not only after the wake word. */
  replayListening(): void {
    const commands = { phones: this.phones, network: this.network };
    const ear = createEar({ wakeWords: [this.wakeWord], commands }, this.audio);
    let heard = 0;
    ear.listen(0);
    for (let taken = ear.hear(HOP_SAMPLES); taken > 0; taken = ear.hear(HOP_SAMPLES)) {
      heard += taken;
      for (let event = ear.takeEvent(); event; event = ear.takeEvent()) {
        if (/"(commandHeard|speechEnded)"/.test(event)) ear.listen(heard);
      }
    }
  }

  private strideOf(model: number): number {
    return this.machine.native('model_glue_input_bytes')(model) / 40;
  }

  private invokeAll(model: number): void {
    const invoke = this.machine.native('model_invoke');
    const count = this.hops / this.strideOf(model);
    for (let i = 0; i < count; i++) invoke(model);
  }
}
