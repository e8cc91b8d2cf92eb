import type { Ear } from '../core/ports';
import { type Guard, SENSITIVITIES, type Sensitivity, type WakePoints } from '../core/wake-points';
import type NativeEar from '../natives/esp32/ear';
import type { EarOptions, HostBuffer, PhoneFeatures } from '../natives/esp32/ear';

export interface ChipEarOptions extends EarOptions {
  /** Called when there are events to take or a mute has begun or ended. */
  readonly onReadable: () => void;
}

/** A wake word with its model in flash. */
export interface WakeWord {
  readonly name: string;
  readonly model: HostBuffer;
  readonly points: WakePoints;
  /** As `natives/ear/alignment.h` reads them; none: the spotter decides alone. */
  readonly pronunciations: readonly number[];
  /** What has a say in its second looks; the embedding is set before. */
  readonly verifier?: HostBuffer;
}

/** What understands commands, in flash. */
export interface Commands {
  readonly phones: HostBuffer;
  readonly network: HostBuffer;
  readonly blankPenalty: number;
  readonly lookAheadMs: number;
  readonly features: PhoneFeatures;
}

/** The ear of the chip: everything from the microphone to events is native, in a task of its own. */
export class ChipEar implements Ear {
  readonly #native: NativeEar;
  #wakeWordCount = 0;
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

  /** Sets the speech embedding that verifiers listen to: before the first word that has one.
   * @throws RangeError with what the model lacks */
  setEmbedding(model: HostBuffer): void {
    this.#native.setEmbedding(model);
  }

  /** @throws RangeError with what a model lacks */
  addWakeWord({ name, model, points, pronunciations, verifier }: WakeWord): void {
    const { normal } = points;
    this.#native.addWakeWord(name, model, normal.probabilityCutoff, normal.slidingWindowSize);
    const number = this.#wakeWordCount;
    this.#wakeWordCount += 1;
    for (const sensitivity of SENSITIVITIES) {
      const point = points[sensitivity];
      this.#native.setPoint(
        number,
        sensitivity,
        point.probabilityCutoff,
        point.slidingWindowSize,
        point.lookCutoff,
        point.lookLossNats,
        point.unsureLossNats,
      );
    }
    this.#native.setPronunciations(number, Uint8Array.from(pronunciations).buffer);
    if (verifier) this.#native.setVerifier(number, verifier);
  }

  setCommands({ phones, network, blankPenalty, lookAheadMs, features }: Commands): void {
    this.#native.setCommands(phones, network, blankPenalty, lookAheadMs, features);
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
