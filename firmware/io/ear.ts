import type { NativeHearing } from '../core/hearing';
import type { Ear } from '../core/ports';
import type { Guard, Sensitivity } from '../core/wake-points';
import type NativeEar from '../esp32/ear';
import type { EarOptions, HostBuffer } from '../esp32/ear';

export interface ChipEarOptions extends EarOptions {
  /** Called when there are events to take or a mute has begun or ended. */
  readonly onReadable: () => void;
}

/** The ear of the chip: everything from the microphone to events is native, in a task of its own. */
export class ChipEar implements Ear {
  readonly #native: NativeEar;
  #hasStarted = false;
  #asksForMute = false;
  #isClosed = false;

  /** Reads the mute switch and cuts the microphone at once. `Native` is the class of the chip.
   * @throws RangeError or TypeError when an option is wrong */
  constructor(Native: typeof NativeEar, { onReadable, ...options }: ChipEarOptions) {
    if (typeof onReadable !== 'function') throw new TypeError('onReadable must be a function');
    this.#native = new Native(options);
    this.#native.onReadable = onReadable;
  }

  /** See `equip`. @throws RangeError with what a model or the grammar lacks @throws Error when the ear has started */
  configure(hearing: NativeHearing<HostBuffer>): void {
    this.#native.configure(hearing);
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#native.setSensitivity(sensitivity);
  }

  setGuard(guard: Guard): void {
    this.#native.setGuard(guard);
  }

  start(): void {
    this.#native.start();
    this.#hasStarted = true;
  }

  listen(sinceSample: number): void {
    this.#native.listen(sinceSample);
  }

  stopListening(): void {
    this.#native.stopListening();
  }

  /** Adds a mute to the switch's own, or takes it back. */
  setMuted(muted: boolean): void {
    if (muted === this.#asksForMute) return;
    this.#asksForMute = muted;
    this.#native.setMuted(muted);
  }

  takeEvent(): string | undefined {
    return this.#native.takeEvent();
  }

  /** What the switch's contact says this moment. */
  get isSwitchMuted(): boolean {
    return this.#native.switchMuted;
  }

  /** Whether sound may pass. An ear that was never started hears nothing and is not muted. */
  get isGateClosed(): boolean {
    return this.#hasStarted && this.#native.muted;
  }

  /** Samples since `start`, heard or not. */
  get elapsedSamples(): number {
    return this.#native.elapsedSamples;
  }

  /** How loud the last second was that was heard, in dB of full scale; undefined when there is none. */
  get levelDb(): number | undefined {
    return this.#native.levelDb;
  }

  /** Hears the next 10 ms of a clip; false at its end. */
  step(): boolean {
    return this.#native.step();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#native.close();
  }
}
