import type { Ear } from '../../../firmware/core/ports';
import type { Guard, Sensitivity } from '../../../firmware/core/wake-points';
import type { ScriptedSwitch } from './scripted-switch';
import type { SimulatedEar } from './simulated-ear';

/** One step of the simulated speaker, and the length of the ear's frame. */
export const HOP_SAMPLES = 160;

/** An ear that hears step by step, behind a gate as the chip's: closed while the switch is on, or while the speaker asks for
 * it, whatever the other does. */
export class SteppedEar implements Ear {
  readonly #ear: SimulatedEar;
  readonly #muteSwitch: ScriptedSwitch;
  #asksForMute = false;
  #isGateClosed = false;
  /** Nobody measures it here: it is for a microphone on a desk. */
  readonly levelDb = undefined;
  #elapsedSamples = 0;

  /** A switch that is on closes the gate at once. */
  constructor(ear: SimulatedEar, muteSwitch: ScriptedSwitch) {
    this.#ear = ear;
    this.#muteSwitch = muteSwitch;
    this.turnGate();
  }

  /** Samples heard so far, muted ones included. */
  get elapsedSamples(): number {
    return this.#elapsedSamples;
  }

  get isGateClosed(): boolean {
    return this.#isGateClosed;
  }

  /** Hears the next 10 ms; false when the recording is over. The gate follows the switch on the very sample, so a step is
   * heard in parts when it moves within it. */
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

  /** Lets the gate follow the switch: to be called when that has moved, before anybody is told. */
  turnGate(): void {
    const isClosed = this.#asksForMute || this.#muteSwitch.muted;
    if (isClosed === this.#isGateClosed) return;
    this.#isGateClosed = isClosed;
    this.#ear.setMuted(isClosed);
  }

  setMuted(muted: boolean): void {
    this.#asksForMute = muted;
    this.turnGate();
  }

  listen(sinceSample: number): void {
    this.#ear.listen(sinceSample);
  }

  stopListening(): void {
    this.#ear.stopListening();
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#ear.setSensitivity(sensitivity);
  }

  setGuard(guard: Guard): void {
    this.#ear.setGuard(guard);
  }

  takeEvent(): string | undefined {
    return this.#ear.takeEvent();
  }
}
