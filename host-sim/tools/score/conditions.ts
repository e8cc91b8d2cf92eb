import { basename, extname } from 'node:path';
import { blaming } from '../../cli/problem';
import { withNoise } from './noise';
import { inRoom, ROOMS } from './rooms';
import { afterTalk } from './talk';

/** How a recording is changed before it is played. */
export type Condition =
  | { readonly kind: 'clean' }
  | { readonly kind: 'noise'; readonly noise: string; readonly snrDb: number }
  | { readonly kind: 'room'; readonly room: number }
  /** After one of these recordings of talk, and all of it in another condition. */
  | { readonly kind: 'talk'; readonly talk: readonly string[]; readonly within: Condition };

/** Samples of noise and talk by path. */
export type Backgrounds = ReadonlyMap<string, Int16Array>;

export function nameOf(condition: Condition): string {
  switch (condition.kind) {
    case 'clean':
      return 'clean';
    case 'noise':
      return `${basename(condition.noise, extname(condition.noise))} ${condition.snrDb} dB`;
    case 'room':
      return ROOMS[condition.room]?.name ?? '';
    case 'talk':
      return `after talk, ${nameOf(condition.within)}`;
  }
}

/** Clean, then each noise at each level, then the rooms where they are wanted. */
export function conditionsOf(
  noises: readonly string[],
  levelsDb: readonly number[],
  rooms: boolean,
): Condition[] {
  return [
    { kind: 'clean' },
    ...noises.flatMap((noise) => levelsDb.map((snrDb): Condition => ({ kind: 'noise', noise, snrDb }))),
    ...(rooms ? ROOMS.map((_, room): Condition => ({ kind: 'room', room })) : []),
  ];
}

/** Clean, then each noise at each level, all after talk; none where there is no talk. */
export function talkConditionsOf(
  talk: readonly string[],
  noises: readonly string[],
  levelsDb: readonly number[],
): Condition[] {
  if (talk.length === 0) return [];
  return conditionsOf(noises, levelsDb, false).map((within) => ({ kind: 'talk', talk, within }));
}

/** The files whose samples the condition needs. */
export function backgroundsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'noise':
      return [condition.noise];
    case 'talk':
      return [...condition.talk, ...backgroundsOf(condition.within)];
    default:
      return [];
  }
}

/** The recording ends with the last sample; where there is more than it had, that came before.
 * @param seed where in the noise it begins, and after which talk */
export function inCondition(
  pcm: Int16Array,
  condition: Condition,
  backgrounds: Backgrounds,
  seed: number,
): Int16Array {
  switch (condition.kind) {
    case 'clean':
      return pcm;
    case 'noise':
      return blaming(condition.noise, () =>
        withNoise(pcm, backgrounds.get(condition.noise) as Int16Array, condition.snrDb, seed),
      );
    case 'room':
      return inRoom(pcm, ROOMS[condition.room] as (typeof ROOMS)[number]);
    case 'talk': {
      const talk = backgrounds.get(condition.talk[seed % condition.talk.length] as string) as Int16Array;
      return inCondition(afterTalk(pcm, talk), condition.within, backgrounds, seed);
    }
  }
}
