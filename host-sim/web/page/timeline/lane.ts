import type { EventLine } from '../../../tools/replay/expect/expectations';
import type { SpeakerFacts } from '../../worker/messages';
import type { HeardSoFar } from '../heard-so-far';
import type { Peaks } from './peaks';
import type { Tints } from './tints';
import type { View } from './view';

export interface Scene {
  readonly heard: HeardSoFar;
  readonly peaks: Peaks;
  readonly facts: SpeakerFacts;
  readonly sensitivity: 'low' | 'normal' | 'high';
  readonly chosen: EventLine | undefined;
}

export interface Lane {
  readonly name: string;
  readonly height: number;
  /** Paints from y = 0 to its height. */
  draw(context: CanvasRenderingContext2D, view: View, scene: Scene, tints: Tints): void;
}
