import type { Action, Actions, Done } from '../core/ports';

/** For a speaker that is not connected to a home: whatever it is asked for fails at once. */
export class AbsentHome implements Actions {
  readonly #onDone: Done;

  constructor(onDone: Done) {
    this.#onDone = onDone;
  }

  perform(action: Action): void {
    this.#onDone(action.id, false, { says: 'noHome', values: {} });
  }
}
