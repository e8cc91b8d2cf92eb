import type { Agenda } from '../core/agenda';
import type { Action, Actions } from '../core/ports';

/** About what a lamp on a wireless network takes to answer. */
const ANSWER_MS = 240;

/** A home in which everything that is asked for succeeds a moment later. */
export class ObligingHome implements Actions {
  readonly #agenda: Agenda;
  readonly #onDone: (id: number, ok: boolean) => void;

  constructor(agenda: Agenda, onDone: (id: number, ok: boolean) => void) {
    this.#agenda = agenda;
    this.#onDone = onDone;
  }

  perform(action: Action): void {
    this.#agenda.after(ANSWER_MS, () => this.#onDone(action.id, true));
  }
}
