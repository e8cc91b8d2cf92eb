import type { Clock } from '../core/ports';

/** The chip's own milliseconds, counted on where its counter wraps. */
export interface Ticks {
  readonly ticks: number;
  delta(start: number, end?: number): number;
}

/** Time since it was made. It goes on whatever becomes of the ear. Look at it at least once in three weeks. */
export class TickClock implements Clock {
  readonly #time: Ticks;
  #lastTicks: number;
  #nowMs = 0;

  constructor(time: Ticks) {
    this.#time = time;
    this.#lastTicks = time.ticks;
  }

  get nowMs(): number {
    const ticks = this.#time.ticks;
    this.#nowMs += Math.max(0, this.#time.delta(this.#lastTicks, ticks));
    this.#lastTicks = ticks;
    return this.#nowMs;
  }
}
