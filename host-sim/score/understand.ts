import { type Command, commandOf } from '../../firmware/core/command';
import { parseEarEvent } from '../../firmware/core/ear-events';
import { withSilence } from '../audio/recording';
import type { Commands } from '../parts/speaker-parts';
import { HOP_SAMPLES } from '../session';
import { createEar } from '../wasm/natives';

const SILENCE_MS = 1500;

export interface Understood extends Command {
  readonly confidence: number;
}

/** What the speaker understands when it listens from the recording's start; undefined when it refuses. */
export function understand(commands: Commands, pcm: Int16Array): Understood | undefined {
  const ear = createEar({ wakeWords: [], commands }, withSilence(pcm, SILENCE_MS));
  ear.listen(0);
  while (ear.hear(HOP_SAMPLES) > 0) {
    for (let text = ear.takeEvent(); text !== undefined; text = ear.takeEvent()) {
      const event = parseEarEvent(text);
      if (event.type === 'speechEnded') return undefined;
      if (event.type !== 'commandHeard') continue;
      const command = commandOf(event.tokens);
      return command && { ...command, confidence: event.confidence };
    }
  }
  return undefined;
}
