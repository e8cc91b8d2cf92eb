import type { StateRule } from '../core/home-map';
import type { Confirmation, House } from './house';

export type Outcome = 'done' | 'homeFailed' | 'homeSilent';

/** One wish on its way: which of its messages the broker has, and who has still to say that it is so. */
export class Errand {
  readonly id: number;
  readonly #wanted: Confirmation['wanted'];
  readonly #house: House;
  #unconfirmed: readonly StateRule[];
  #unacknowledged: number;

  constructor(id: number, messageCount: number, house: House, confirmation: Confirmation | undefined) {
    this.id = id;
    this.#house = house;
    this.#wanted = confirmation?.wanted ?? 'any';
    this.#unconfirmed = confirmation?.rules ?? [];
    this.#unacknowledged = messageCount;
  }

  get isDone(): boolean {
    return this.#unacknowledged === 0 && this.#unconfirmed.length === 0;
  }

  /** The broker has one more of its messages. */
  acknowledge(): void {
    this.#unacknowledged -= 1;
  }

  /** These have just said how they are. */
  hear(rules: readonly StateRule[]): void {
    this.#unconfirmed = this.#unconfirmed.filter((rule) => !(rules.includes(rule) && this.#isAsWanted(rule)));
  }

  /** Who was as wanted before need not say it again: not everything does. */
  trustWhatIsKnown(): void {
    this.#unconfirmed = this.#unconfirmed.filter((rule) => this.#wanted === 'any' || !this.#isAsWanted(rule));
  }

  /** When nothing more is waited for. */
  get outcome(): Outcome {
    if (this.isDone) return 'done';
    const isContradicted = this.#unconfirmed.some((rule) => this.#house.stateOf(rule) !== undefined);
    return this.#unacknowledged === 0 && isContradicted ? 'homeFailed' : 'homeSilent';
  }

  #isAsWanted(rule: StateRule): boolean {
    const state = this.#house.stateOf(rule);
    return state !== undefined && (this.#wanted === 'any' || state === this.#wanted);
  }
}
