import { basename, extname } from 'node:path';
import { blaming } from '../command-line/problem';
import { withNoise } from './noise';
import { inRoom, ROOMS } from './rooms';

/** How a recording is changed before it is played. */
export type Condition =
  | { readonly kind: 'clean' }
  | { readonly kind: 'noise'; readonly noise: string; readonly snrDb: number }
  | { readonly kind: 'room'; readonly room: number };

/** Samples of noise recordings by path. */
export type Noises = ReadonlyMap<string, Int16Array>;

export function nameOf(condition: Condition): string {
  switch (condition.kind) {
    case 'clean':
      return 'clean';
    case 'noise':
      return `${basename(condition.noise, extname(condition.noise))} ${condition.snrDb} dB`;
    case 'room':
      return ROOMS[condition.room]?.name ?? '';
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

/** @param seed where in the noise it begins */
export function inCondition(pcm: Int16Array, condition: Condition, noises: Noises, seed: number): Int16Array {
  switch (condition.kind) {
    case 'clean':
      return pcm;
    case 'noise':
      return blaming(condition.noise, () =>
        withNoise(pcm, noises.get(condition.noise) as Int16Array, condition.snrDb, seed),
      );
    case 'room':
      return inRoom(pcm, ROOMS[condition.room] as (typeof ROOMS)[number]);
  }
}
