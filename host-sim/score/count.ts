import type { Commands } from '../parts/speaker-parts';
import { differences, type Labels } from './labels';
import { type Understood, understand } from './understand';

export interface Sample {
  readonly path: string;
  readonly pcm: Int16Array;
}

export interface Score {
  readonly right: number;
  readonly refused: number;
  readonly of: number;
  /** How often each slot, the intent or the words were wrong in what was accepted. */
  readonly wrong: ReadonlyMap<string, number>;
}

/** One recording's result. */
export interface Result {
  readonly path: string;
  /** Undefined when it was refused. */
  readonly heard: Understood | undefined;
  /** What differs from the label. */
  readonly different: readonly string[];
  readonly isRight: boolean;
}

/** Without labels no command is right: then only what was accepted counts. Recordings that have no label are left out. */
export function scoreAll(
  commands: Commands,
  samples: readonly Sample[],
  labels: Labels | undefined,
  onResult: (result: Result) => void,
): Score {
  const wrong = new Map<string, number>();
  let [right, refused, of] = [0, 0, 0];
  for (const { path, pcm } of samples) {
    const label = labels?.(path);
    if (labels && !label) continue;
    const heard = understand(commands, pcm);
    const different = heard && label ? differences(label, heard) : [];
    const isRight = heard !== undefined && label !== undefined && different.length === 0;
    of++;
    if (!heard) refused++;
    if (isRight) right++;
    for (const name of different) wrong.set(name, (wrong.get(name) ?? 0) + 1);
    onResult({ path, heard, different, isRight });
  }
  return { right, refused, of, wrong };
}
