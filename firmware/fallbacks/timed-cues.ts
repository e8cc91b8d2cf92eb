import type { Agenda } from '../core/agenda';
import type { Cue, Cues } from '../core/ports';

/** How long each sound lasts, in milliseconds: long enough to be recognised, short enough not to be in the way. */
export const CUE_MS: Readonly<Record<Cue, number>> = {
  listening: 120,
  done: 280,
  notUnderstood: 420,
  failed: 520,
  timer: 1200,
  alarm: 1600,
  muted: 180,
  unmuted: 180,
};

/** How long a letter takes to be said, on the average of all clips that ship: 194.5 s of 2,705 letters. */
const LETTER_MS = 72;

/** For a board without a loudspeaker, and for recordings: only takes the time that the sounds would take. One sound at a
 * time: a new one ends the old. */
export class TimedCues implements Cues {
  readonly #agenda: Agenda;
  readonly #onEnded: () => void;
  #forget: (() => void) | undefined;
  #isClosed = false;

  constructor(agenda: Agenda, onEnded: () => void) {
    this.#agenda = agenda;
    this.#onEnded = onEnded;
  }

  play(cue: Cue): void {
    this.#begin(CUE_MS[cue]);
  }

  say(clips: readonly string[]): void {
    this.#begin(clips.join('').length * LETTER_MS);
  }

  #begin(lastsMs: number): void {
    if (this.#isClosed) throw new Error('the loudspeaker is closed');
    this.stop();
    this.#forget = this.#agenda.after(lastsMs, () => {
      this.#forget = undefined;
      this.#onEnded();
    });
  }

  stop(): void {
    this.#forget?.();
    this.#forget = undefined;
  }

  close(): void {
    this.stop();
    this.#isClosed = true;
  }
}
