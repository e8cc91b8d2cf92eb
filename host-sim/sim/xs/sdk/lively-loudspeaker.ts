import Timer from './timer';

/** A loudspeaker of which every sound lasts 300 ms. The native tells the end of each, of those cut short too. */
export default class LivelyLoudspeaker {
  onEnded: (() => void) | undefined;
  #sounding: Timer | undefined;

  play(): void {
    this.stop();
    this.#sounding = Timer.set(() => this.#end(), 300);
  }

  stop(): void {
    if (!this.#sounding) return;
    Timer.clear(this.#sounding);
    this.#end();
  }

  close(): void {}

  #end(): void {
    this.#sounding = undefined;
    this.onEnded?.();
  }
}
