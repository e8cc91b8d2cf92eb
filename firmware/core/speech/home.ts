import type { Answer } from '../answers';
import { type Clip, isClip } from './vocabulary';

/** A thing of the home, by its names in the grammar, and where it is. */
export interface Thing {
  readonly clips: readonly Clip[];
  /** Whether one says "are" of it. */
  readonly areSeveral: boolean;
}

const PREPOSITIONS = ['in the', 'on the'];

/** Undefined when the voice has no word for it. A room without a word is left out. */
export function thingClips({ device, cover, door, room }: Answer['values']): Thing | undefined {
  const name = device ?? cover ?? door;
  const clip = `the ${name === 'tv' ? 'TV' : name}`;
  if (name === undefined || !isClip(clip)) return undefined;
  return { clips: [clip, ...roomClips(room)], areSeveral: /[^s]s$/.test(clip) };
}

export function roomClips(room: string | number | undefined): readonly Clip[] {
  if (room === undefined) return [];
  const clips = [String(room), ...PREPOSITIONS.map((preposition) => `${preposition} ${room}`)];
  return clips.filter(isClip).slice(0, 1);
}
