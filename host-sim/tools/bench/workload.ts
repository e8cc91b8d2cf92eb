import type { PhoneModel, WakeWordModel } from '../../packages/models';
import { HOP_SAMPLES } from '../../sim/session';
import { Machine } from '../../sim/wasm/machine';
import { createEar, natives } from '../../sim/wasm/natives';
import { openDecoder, openModel } from '../../sim/wasm/open';
import { WakeProbe } from '../score/wake-probe';

const FEATURE_CHANNELS = 40;
const MEL_BANDS = 32;
const LOOK_STEPS = 60;
const LOOK_WARM_UP_STEPS = 10;
/** More than one takes. */
const ALIGNMENT_ROOM = 16_384;
const SIX_PHONES = Uint8Array.of(19, 1, 28, 35, 17, 29, 0);

/** The ear's parts, each run alone over the whole audio. */
export class Workload {
  private readonly machine = new Machine(natives());
  private readonly hops: number;
  private readonly frontEnd: number;
  private readonly samples: number;
  private readonly frame: number;
  private readonly wakeModel: number;
  private readonly phoneModel: number;
  private readonly embedding: number;
  private readonly commands: number;
  private readonly alignment: number;
  private readonly rowLosses: number;
  private readonly wakeProbe: WakeProbe;

  constructor(
    private readonly audio: Int16Array,
    private readonly wakeWord: WakeWordModel,
    private readonly phones: PhoneModel,
    private readonly graph: Uint8Array,
    private readonly embeddingBytes: Uint8Array,
  ) {
    const { machine } = this;
    this.hops = Math.floor(audio.length / HOP_SAMPLES);
    this.frontEnd = machine.allocate(machine.native('features_bytes')());
    this.samples = machine.place(new Uint8Array(audio.buffer, audio.byteOffset, audio.byteLength));
    this.frame = machine.allocate(128);
    this.wakeModel = openModel(machine, wakeWord.name, wakeWord.model);
    this.phoneModel = openModel(machine, 'phones', phones.model);
    this.embedding = openModel(machine, 'embedding', embeddingBytes);
    this.commands = openDecoder(machine, graph);
    this.alignment = machine.allocate(ALIGNMENT_ROOM);
    machine.native('alignment_set')(this.alignment, machine.place(SIX_PHONES), SIX_PHONES.length);
    this.rowLosses = machine.allocate(40 * Int32Array.BYTES_PER_ELEMENT);
    this.wakeProbe = new WakeProbe([wakeWord]);
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

  /** As if it ran all the time, and not in second looks alone. */
  embeddingNet(): void {
    this.invokeAll(this.embedding, MEL_BANDS);
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

  /** One after the other until the audio is through: the phone net over the last 1.5 s and 0.3 s before them, and the
   * alignment of a word of six phones over its rows. */
  secondLooks(): void {
    const { machine } = this;
    const invoke = machine.native('model_invoke');
    const align = machine.native('alignment_row');
    const steps = this.hops / this.strideOf(this.phoneModel);
    for (let step = 0; step < steps; step++) {
      if (step % LOOK_STEPS === 0) machine.native('alignment_reset')(this.alignment);
      invoke(this.phoneModel);
      if (step % LOOK_STEPS >= LOOK_WARM_UP_STEPS) align(this.alignment, this.rowLosses, step);
    }
  }

  /** The whole ear as the speaker runs it: gate, features, wake word, events. */
  replay(): void {
    const ear = createEar({ wakeWords: [this.wakeWord], embedding: this.embeddingBytes }, this.audio);
    while (ear.hear(HOP_SAMPLES) > 0) while (ear.takeEvent());
  }

  /** The same with the phone model and the decoder at work all the time, not only after the wake word. */
  replayListening(): void {
    const commands = { phones: this.phones, graph: this.graph };
    const hearing = { wakeWords: [this.wakeWord], embedding: this.embeddingBytes, commands };
    const ear = createEar(hearing, this.audio);
    let heard = 0;
    ear.listen(0);
    for (let taken = ear.hear(HOP_SAMPLES); taken > 0; taken = ear.hear(HOP_SAMPLES)) {
      heard += taken;
      for (let event = ear.takeEvent(); event; event = ear.takeEvent()) {
        if (/"(commandHeard|speechEnded)"/.test(event)) ear.listen(heard);
      }
    }
  }

  /** As wake:score hears: every chance of one model, for all cutoffs at once. */
  wakeScore(): void {
    this.wakeProbe.hear(this.audio);
  }

  private strideOf(model: number, channels = FEATURE_CHANNELS): number {
    return this.machine.native('model_glue_input_bytes')(model) / channels;
  }

  private invokeAll(model: number, channels = FEATURE_CHANNELS): void {
    const invoke = this.machine.native('model_invoke');
    const count = this.hops / this.strideOf(model, channels);
    for (let i = 0; i < count; i++) invoke(model);
  }
}
