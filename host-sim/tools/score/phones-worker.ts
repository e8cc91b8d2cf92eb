import { blaming } from '../../cli/problem';
import type { PhoneModel } from '../../packages/models';
import type { LoadedCommands } from '../../packages/speaker';
import type { ChannelChoice } from '../../sim/audio/channels';
import { withSilence } from '../../sim/audio/recording';
import { withNoise } from './noise';
import { PhoneProbe } from './phone-probe';
import { serveTasks } from './pool';
import { readSound } from './sounds';
import { Listener } from './understand';

export interface PhonesSetup {
  readonly phones: PhoneModel;
  readonly commands: LoadedCommands | undefined;
  readonly channel: ChannelChoice | undefined;
  readonly noise?: Int16Array;
  /** Besides without noise. */
  readonly levelsDb: readonly number[];
}

export interface PhonesTask {
  readonly path: string;
  /** Where in the noise it begins. */
  readonly seed: number;
}

/** In one condition. */
export interface HeardPhones {
  readonly phones: readonly string[];
  /** What was understood, where there is a grammar; empty where that was refused. */
  readonly words: string;
}

/** More than the phone model is late. */
const SILENCE_MS = 500;

serveTasks(({ phones, commands, channel, noise, levelsDb }: PhonesSetup) => {
  const probe = new PhoneProbe(phones);
  const listener = commands && new Listener(commands);
  return async ({ path, seed }: PhonesTask): Promise<HeardPhones[]> => {
    const pcm = await readSound(path, channel);
    const noisy = levelsDb.map((level) =>
      blaming('--noise', () => withNoise(pcm, noise as Int16Array, level, seed)),
    );
    return [pcm, ...noisy].map((sound) => ({
      phones: probe.hear(withSilence(sound, SILENCE_MS)),
      words: listener?.understand(sound)?.words ?? '',
    }));
  };
});
