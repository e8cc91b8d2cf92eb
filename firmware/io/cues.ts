import type { Cue, Cues } from '../core/ports';
import type NativeLoudspeaker from '../esp32/loudspeaker';
import type { LoudspeakerOptions } from '../esp32/loudspeaker';

export interface LoudspeakerCuesOptions extends LoudspeakerOptions {
  /** Called when a cue has ended by itself: not when it was stopped or another took its place. */
  readonly onEnded: () => void;
}

/** Cues through a board's loudspeaker. */
export class LoudspeakerCues implements Cues {
  readonly #native: NativeLoudspeaker;
  /** Cues begun of which the native has not told the end. */
  #sounding = 0;
  #isStopped = false;
  #isClosed = false;

  /** `Native` is the class of the chip. @throws RangeError or TypeError when an option is wrong */
  constructor(Native: typeof NativeLoudspeaker, { onEnded, ...options }: LoudspeakerCuesOptions) {
    if (typeof onEnded !== 'function') throw new TypeError('onEnded must be a function');
    this.#native = new Native(options);
    this.#native.onEnded = () => {
      this.#sounding -= 1;
      if (this.#sounding === 0 && !this.#isStopped) onEnded();
    };
  }

  play(cue: Cue, volumePercent: number): void {
    if (this.#isClosed) throw new Error('the loudspeaker is closed');
    this.#sounding += 1; // before the native may tell the end of the one that it cuts short
    this.#isStopped = false;
    this.#native.play(cue, volumePercent);
  }

  /** It plays the cue: this loudspeaker has no voice. */
  say(_clips: readonly string[], cue: Cue, volumePercent: number): void {
    this.play(cue, volumePercent);
  }

  stop(): void {
    if (this.#isClosed || this.#sounding === 0) return;
    this.#isStopped = true;
    this.#native.stop();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isStopped = true;
    this.#native.close();
  }
}
