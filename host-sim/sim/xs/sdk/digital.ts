import { nowOfWorld, world } from './world';

/** Pins of the simulated board: its key, which is low while somebody presses it. */
export default class Digital {
  static readonly Input = 0;
  static readonly InputPullUp = 1;
  static readonly InputPullDown = 2;
  static readonly Output = 8;

  read(): number {
    const atMs = nowOfWorld();
    return world.button?.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs) ? 0 : 1;
  }
  write(): void {}
  close(): void {}
}
