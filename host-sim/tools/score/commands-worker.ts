import { blaming } from '../../cli/problem';
import type { LoadedCommands } from '../../packages/speaker';
import type { ChannelChoice } from '../../sim/audio/channels';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import type { Judge } from '../../sim/wasm/wasm-ear';
import { withNoise } from './noise';
import { serveTasks } from './pool';
import { readSound } from './sounds';
import { Listener, type Understood } from './understand';

export interface CommandsSetup {
  readonly commands: LoadedCommands;
  /** In place of the decoder's own. */
  readonly judge: Judge | undefined;
  /** How much of each recording is played. */
  readonly seconds: number;
  readonly channel: ChannelChoice | undefined;
  readonly noise: Int16Array | undefined;
  /** Besides without noise. */
  readonly levelsDb: readonly number[];
}

export interface CommandsTask {
  readonly path: string;
  /** Where in the noise it begins. */
  readonly seed: number;
  /** How much silence is heard before it. */
  readonly leadMs: number;
}

export interface Heard {
  readonly samples: number;
  /** Without noise first, then at each level; null where it was refused. */
  readonly understood: readonly (Understood | null)[];
}

serveTasks(({ commands, judge, seconds, channel, noise, levelsDb }: CommandsSetup) => {
  const listener = new Listener(commands, judge);
  return async ({ path, seed, leadMs }: CommandsTask): Promise<Heard> => {
    const pcm = (await readSound(path, channel)).subarray(0, Math.min(seconds * SAMPLE_RATE, 2 ** 31));
    const noisy = levelsDb.map((level) =>
      blaming('--noise', () => withNoise(pcm, noise as Int16Array, level, seed)),
    );
    const understood = [pcm, ...noisy].map((sound) => listener.understand(sound, leadMs) ?? null);
    return { samples: pcm.length, understood };
  };
});
