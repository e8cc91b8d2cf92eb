import { type EarEvent, parseEarEvent } from '../../../firmware/core/ear-events';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import type { WasmEar } from '../../sim/wasm/wasm-ear';

/** An event, and how many samples after the recording's beginning it came. */
export interface Told {
  readonly at: number;
  readonly event: EarEvent;
}

/** An ear that hears every recording as a speaker just switched on would. */
export class FreshEar {
  private clock = 0;

  constructor(readonly ear: WasmEar) {}

  /** Everything that it tells of the samples. */
  hear(pcm: Int16Array): Told[] {
    this.ear.feed(pcm);
    const start = this.clock;
    const told: Told[] = [];
    for (let heard = this.ear.hear(SAMPLE_RATE); heard > 0; heard = this.ear.hear(SAMPLE_RATE)) {
      this.clock += heard;
      for (let text = this.ear.takeEvent(); text !== undefined; text = this.ear.takeEvent()) {
        const event = parseEarEvent(text);
        told.push({ at: event.sample - start, event });
      }
    }
    // a mute forgets everything that was heard
    this.ear.setMuted(true);
    this.ear.setMuted(false);
    return told;
  }
}
