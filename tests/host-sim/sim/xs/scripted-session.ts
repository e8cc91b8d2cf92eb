/** A whole session with an ear that hears what a script says: the simulator and the core without the natives. Prints
 * the event lines, ring frames included. */
import type { SimulatedEar } from '../../../../host-sim/sim/io/simulated-ear';
import { Session } from '../../../../host-sim/sim/session';

declare const host: { print(line: string): void; repeat(step: () => boolean): void };

const LENGTH_SAMPLES = 16000 * 60;
const SCRIPT: readonly (readonly [atMs: number, event: object])[] = [
  [1200, { type: 'wakeWordHeard', sample: 19200, word: 'jarvis', confidence: 0.953 }],
  [
    3000,
    {
      type: 'commandHeard',
      sample: 48000,
      confidence: 0.91,
      tokens: ['<setTimer', 'five', '{duration', '+5', '}'],
    },
  ],
  [12000, { type: 'wakeWordHeard', sample: 192000, word: 'jarvis', confidence: 0.99 }],
  [15000, { type: 'speechEnded', sample: 240000, reason: 'silence' }],
  [20000, { type: 'wakeWordHeard', sample: 320000, word: 'jarvis', confidence: 0.97 }],
  [
    21000,
    {
      type: 'commandHeard',
      sample: 336000,
      confidence: 0.8,
      tokens: ['<turnOn', 'light', '{device', '=light', '}'],
    },
  ],
  [40000, { type: 'no event' }],
];

class ScriptedEar implements SimulatedEar {
  #heardSamples = 0;
  #told = 0;

  hear(sampleCount: number): number {
    const count = Math.min(sampleCount, LENGTH_SAMPLES - this.#heardSamples);
    this.#heardSamples += count;
    return count;
  }

  takeEvent(): string | undefined {
    const next = SCRIPT[this.#told];
    if (!next || next[0] * 16 > this.#heardSamples) return undefined;
    this.#told++;
    return JSON.stringify(next[1]);
  }

  listen(): void {}
  stopListening(): void {}
  setMuted(): void {}
  setSensitivity(): void {}
  setGuard(): void {}
}

const session = new Session({
  ear: new ScriptedEar(),
  pixelCount: 12,
  mute: [{ startMs: 30000, endMs: 34567 }],
  ringFrames: true,
  write: (line) => host.print(line),
});
host.repeat(() => session.step());
