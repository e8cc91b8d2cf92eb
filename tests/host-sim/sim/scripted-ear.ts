import type { Guard, Sensitivity } from '../../../firmware/core/wake-points';
import type { SimulatedEar } from '../../../host-sim/sim/io/simulated-ear';

/** What the ear will say, and at which sample. */
export interface ScriptedEvent {
  readonly sample: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** An ear that hears what a script says instead of sound. It keeps the real one's promises: nothing while muted, nothing
 * of before after either edge of mute, and commands only while it listens. */
export class ScriptedEar implements SimulatedEar {
  /** Every call that was made, in order, with the sample at which it came. */
  readonly calls: string[] = [];
  readonly #lengthSamples: number;
  readonly #script: readonly ScriptedEvent[];
  #sample = 0;
  #muted = false;
  #listening = false;
  #waiting: string[] = [];

  constructor(lengthSamples: number, script: readonly ScriptedEvent[] = []) {
    this.#lengthSamples = lengthSamples;
    this.#script = script;
  }

  hear(sampleCount: number): number {
    const end = Math.min(this.#sample + sampleCount, this.#lengthSamples);
    const taken = end - this.#sample;
    for (const event of this.#script) {
      const isNow = event.sample > this.#sample && event.sample <= end;
      const isHeard = event.type === 'wakeWordHeard' || this.#listening;
      if (isNow && isHeard && !this.#muted) this.#waiting.push(JSON.stringify(event));
    }
    this.#sample = end;
    return taken;
  }

  listen(sinceSample: number): void {
    this.#listening = true;
    this.#note(`listen ${sinceSample}`);
  }

  stopListening(): void {
    this.#listening = false;
    this.#note('stopListening');
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#listening = false;
    this.#waiting = [];
    this.#note(muted ? 'mute' : 'unmute');
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#note(`sensitivity ${sensitivity}`);
  }

  setGuard(guard: Guard): void {
    this.#note(guard);
  }

  takeEvent(): string | undefined {
    return this.#waiting.shift();
  }

  #note(call: string): void {
    this.calls.push(`${this.#sample}: ${call}`);
  }
}
