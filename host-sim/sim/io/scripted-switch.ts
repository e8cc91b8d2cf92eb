import type { MuteSwitch } from '../../../firmware/core/ports';
import { type MuteEdge, type MuteSpan, muteEdges } from './mute-spans';

export interface ScriptedSwitchOptions {
  /** When it is closed by itself. */
  readonly spans: readonly MuteSpan[];
  readonly onChanged: (muted: boolean) => void;
}

/** A mute switch that moves with the recording, or by hand. */
export class ScriptedSwitch implements MuteSwitch {
  readonly #edges: MuteEdge[];
  readonly #onChanged: (muted: boolean) => void;
  #muted: boolean;
  #closed = false;

  /** One that is closed when the power comes is seen before anything else: that is no move, and nobody is told. */
  constructor({ spans, onChanged }: ScriptedSwitchOptions) {
    this.#edges = muteEdges(spans);
    this.#onChanged = onChanged;
    this.#muted = this.#edges[0]?.sample === 0;
    if (this.#muted) this.#edges.shift();
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The sample at which it moves next; Infinity when it does not. */
  get nextEdgeSample(): number {
    return this.#closed ? Number.POSITIVE_INFINITY : (this.#edges[0]?.sample ?? Number.POSITIVE_INFINITY);
  }

  /** Makes the moves that are due at `sample`. */
  moveOn(sample: number): void {
    while (this.nextEdgeSample <= sample) this.move((this.#edges.shift() as MuteEdge).muted);
  }

  /** Its moves are told as they happen. */
  poll(): void {}

  /** Moves it by hand. */
  move(muted: boolean): void {
    if (this.#closed) return;
    this.#muted = muted;
    this.#onChanged(muted);
  }

  close(): void {
    this.#closed = true;
  }
}
