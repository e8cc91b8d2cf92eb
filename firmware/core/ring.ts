import { PATTERNS, type RingPattern } from './ring-patterns';
import type { State } from './state';

/** The picture that a state shows: the first in the table that applies. */
export function patternOf(state: State): RingPattern {
  const pattern = PATTERNS.find(({ applies }) => applies(state));
  if (!pattern) throw new Error('the last ring pattern must apply to every state');
  return pattern;
}

export function patternName(state: State): string {
  return patternOf(state).name;
}

/** Which picture of the animation it is at `atMs`, from 0. Between two steps the ring need not be painted. */
export function ringStep({ stepMs }: RingPattern, state: State, atMs: number): number {
  return stepMs === 0 ? 0 : Math.floor(Math.max(0, atMs - state.phaseSinceMs) / stepMs);
}

export function paintRing(pattern: RingPattern, state: State, step: number, rgb: Uint8Array): void {
  rgb.fill(0);
  pattern.paint(rgb, step, state);
}

/** Paints the ring of `rgb.length / 3` pixels: a function of state and time alone, in integers, so that every
 * machine lights the very same bits. */
export function renderRing(state: State, atMs: number, rgb: Uint8Array): void {
  const pattern = patternOf(state);
  paintRing(pattern, state, ringStep(pattern, state, atMs), rgb);
}
