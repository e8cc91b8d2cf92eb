import { type Command, commandOf } from '../../../firmware/core/command';
import { parseEarEvent } from '../../../firmware/core/ear-events';
import type { Commands } from '../../../firmware/core/hearing';
import { withSilence } from '../../sim/audio/recording';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { HOP_SAMPLES } from '../../sim/session';
import { createEar } from '../../sim/wasm/natives';
import type { Judge, WasmEar } from '../../sim/wasm/wasm-ear';

const SILENCE_MS = 1500;
const BLOCK_SAMPLES = 16_000;

export interface Understood extends Command {
  readonly confidence: number;
  /** The speaker asks whether it was meant, and does nothing yet. */
  readonly isAsked?: true;
}

/** One ear for many recordings: a mute between two of them makes it as new. */
export class Listener {
  private readonly ear: WasmEar;
  private sample = 0;

  constructor(commands: Commands<Uint8Array>, judge?: Judge) {
    this.ear = createEar({ commands });
    if (judge) this.ear.setJudge(judge);
  }

  /** What the speaker understands when it listens from the recording's start, or from `leadMs` of silence before it;
   * undefined when it refuses. */
  understand(pcm: Int16Array, leadMs = 0): Understood | undefined {
    this.ear.feed(new Int16Array((leadMs * SAMPLE_RATE) / 1000));
    this.ear.feed(withSilence(pcm, SILENCE_MS));
    this.ear.listen(this.sample);
    const understood = this.listenToTheEnd();
    this.ear.setMuted(true);
    while (this.hear(BLOCK_SAMPLES) > 0); // what was left
    this.ear.setMuted(false);
    return understood;
  }

  private hear(sampleCount: number): number {
    const heard = this.ear.hear(sampleCount);
    this.sample += heard;
    return heard;
  }

  private listenToTheEnd(): Understood | undefined {
    while (this.hear(HOP_SAMPLES) > 0) {
      for (let text = this.ear.takeEvent(); text !== undefined; text = this.ear.takeEvent()) {
        const event = parseEarEvent(text);
        if (event.type === 'speechEnded') return undefined;
        if (event.type !== 'commandHeard' && event.type !== 'commandDoubted') continue;
        const command = commandOf(event.tokens);
        const asked = event.type === 'commandDoubted' ? ({ isAsked: true } as const) : {};
        return command && { ...command, confidence: event.confidence, ...asked };
      }
    }
    return undefined;
  }
}
