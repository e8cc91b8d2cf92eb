import { bytesOfBase64, UpdateProblem } from '../update/offer';
import type { Updater } from '../update/updater';
import { fieldsOf, json, type Response, refusal } from './http';

/** What a page may do about updates: hand one over, and have it installed or not. */
export class UpdateDesk {
  readonly #updater: () => Updater | undefined;

  constructor(updater: () => Updater | undefined) {
    this.#updater = updater;
  }

  view(): object {
    const updater = this.#updater();
    if (!updater) return { isPossible: false };
    const { status, installed, last } = updater;
    return { isPossible: true, status, installed, last };
  }

  /** `body`: the first two lines of an update's file. */
  offer(body: string): Response {
    return this.#with((updater) => updater.offer(body));
  }

  /** Its serial, which says that somebody has read what it is. */
  install(body: string): Response {
    const { serial } = fieldsOf(body);
    return typeof serial === 'number'
      ? this.#with((updater) => updater.install(serial))
      : refusal(400, 'piece');
  }

  /** Where the piece lies in the file behind its two lines, and its bytes in base64. */
  receive(body: string): Response {
    const { offset, bytes } = fieldsOf(body);
    const piece = typeof bytes === 'string' ? bytesOfBase64(bytes) : undefined;
    if (typeof offset !== 'number' || !piece) return refusal(400, 'piece');
    return this.#with((updater) => updater.receive(offset, piece));
  }

  cancel(): Response {
    return this.#with((updater) => updater.cancel());
  }

  #with(work: (updater: Updater) => void): Response {
    const updater = this.#updater();
    if (!updater) return refusal(503, 'noUpdates');
    try {
      work(updater);
      return json(this.view());
    } catch (error) {
      if (!(error instanceof UpdateProblem)) throw error;
      return refusal(409, error.problem, error.detail);
    }
  }
}
