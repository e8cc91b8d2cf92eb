import type { Action, Actions } from '../core/ports';

/** For a speaker that is not connected to a home: whatever it is asked for fails at once. */
export class AbsentHome implements Actions {
  readonly #onDone: (id: number, ok: boolean) => void;

  constructor(onDone: (id: number, ok: boolean) => void) {
    this.#onDone = onDone;
  }

  perform(action: Action): void {
    this.#onDone(action.id, false);
  }
}
