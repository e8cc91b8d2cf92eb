import type { NativeHearing } from '../../../../firmware/core/hearing';
import type { Guard, Sensitivity } from '../../../../firmware/core/wake-points';
import { ScriptedSwitch } from '../../io/scripted-switch';
import type { NativeEar } from '../native-ear';
import { world } from './world';

declare const Ear: new () => NativeEar;

const HOP_SAMPLES = 160;

/** The chip's ear with a clip and the pace `step`: the same natives, without a task around them. The mute switch moves as
 * the world says, on the very sample, and needs no time to open again. */
export default class ClipEar {
  readonly #ear = new Ear();
  readonly #muteSwitch: ScriptedSwitch;
  #elapsedSamples = 0;
  #asksForMute = false;

  constructor() {
    this.#muteSwitch = new ScriptedSwitch({ spans: world.mute, onChanged: () => this.#turnGate() });
  }

  configure(hearing: NativeHearing<object>): void {
    this.#ear.configure(hearing);
  }
  setSensitivity(sensitivity: Sensitivity): void {
    this.#ear.setSensitivity(sensitivity);
  }
  setGuard(guard: Guard): void {
    this.#ear.setGuard(guard);
  }
  start(): void {
    this.#muteSwitch.moveOn(0);
  }
  listen(sinceSample: number): void {
    this.#ear.listen(sinceSample);
  }
  stopListening(): void {
    this.#ear.stopListening();
  }
  setMuted(muted: boolean): void {
    this.#asksForMute = muted;
    this.#turnGate();
  }
  takeEvent(): string | undefined {
    return this.#ear.takeEvent();
  }
  get muted(): boolean {
    return this.#asksForMute || this.#muteSwitch.muted;
  }
  get switchMuted(): boolean {
    return this.#muteSwitch.muted;
  }
  get elapsedSamples(): number {
    return this.#elapsedSamples;
  }

  step(): boolean {
    const goal = this.#elapsedSamples + HOP_SAMPLES;
    while (this.#elapsedSamples < goal) {
      const wanted = Math.min(goal, this.#muteSwitch.nextEdgeSample) - this.#elapsedSamples;
      const taken = this.#ear.hear(wanted);
      this.#elapsedSamples += taken;
      if (taken < wanted) return false;
      this.#muteSwitch.moveOn(this.#elapsedSamples);
    }
    return true;
  }

  close(): void {}

  #turnGate(): void {
    this.#ear.setMuted(this.muted);
  }
}
