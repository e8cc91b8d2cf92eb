import type { Clock } from '../../../../firmware/core/ports';
import { SampleClock } from '../../../../firmware/core/sample-clock';
import type { EarOptions } from '../../../../firmware/esp32/ear';
import { ScriptedSwitch } from '../../io/scripted-switch';
import { SteppedEar } from '../../io/stepped-ear';
import NativeEar, { type Setup } from '../native-ear';
import { world } from './world';

type Words<Method extends keyof Setup> = Parameters<Setup[Method]>;

let clock: Clock | undefined;

/** Milliseconds of the clip heard so far. */
export function heardMs(): number {
  return clock?.nowMs ?? 0;
}

/** The chip's ear with a clip and the pace `step`: the same natives, without a task around them. The mute switch moves as
 * the world says, on the very sample, and needs no time to open again. */
export default class ClipEar extends SteppedEar {
  onReadable: (() => void) | undefined;
  readonly #native: NativeEar;
  readonly #muteSwitch: ScriptedSwitch;

  constructor({ clip }: EarOptions) {
    const native = new NativeEar(clip);
    const muteSwitch = new ScriptedSwitch({ spans: world.mute, onChanged: () => this.#turnMute() });
    super(native, muteSwitch);
    this.#native = native;
    this.#muteSwitch = muteSwitch;
    clock = new SampleClock(this);
  }

  addWakeWord(...word: Words<'addWakeWord'>): void {
    this.#native.addWakeWord(...word);
  }
  setPoint(...point: Words<'setPoint'>): void {
    this.#native.setPoint(...point);
  }
  setPronunciations(...pronunciations: Words<'setPronunciations'>): void {
    this.#native.setPronunciations(...pronunciations);
  }
  setEmbedding(...embedding: Words<'setEmbedding'>): void {
    this.#native.setEmbedding(...embedding);
  }
  setVerifier(...verifier: Words<'setVerifier'>): void {
    this.#native.setVerifier(...verifier);
  }
  setCommands(...commands: Words<'setCommands'>): void {
    this.#native.setCommands(...commands);
  }
  start(): void {}
  get muted(): boolean {
    return this.isGateClosed;
  }
  get switchMuted(): boolean {
    return this.#muteSwitch.muted;
  }
  close(): void {}

  #turnMute(): void {
    this.turnGate();
    this.onReadable?.();
  }
}
