import type { EventLine } from '../../tools/replay/expect/expectations';
import { make } from './elements';

/** What the person says of wakes and of what came close: whether it was them, meaning the speaker. */
export class Verdicts {
  readonly #given: { readonly file: unknown; readonly atMs: number; readonly meant: boolean }[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** To be asked about an event; nothing for events that no wake word is about. */
  ask(event: EventLine): HTMLElement | undefined {
    if (!isAboutWord(event)) return undefined;
    const meant = this.#meantBy(event);
    const answer = (text: string, value: boolean): HTMLElement =>
      make(
        'button',
        { type: 'button', 'aria-pressed': String(meant === value), onclick: () => this.#take(event, value) },
        text,
      );
    return make(
      'div',
      { class: 'buttons', role: 'group', 'aria-label': 'Was it you?' },
      answer('This was me', true),
      answer('This was not me', false),
    );
  }

  /** Of the events that are shown, in a sentence; empty while nothing was said. */
  summary(events: readonly EventLine[]): string {
    const count = (type: string, meant: boolean): number =>
      events.filter((event) => event.type === type && this.#meantBy(event) === meant).length;
    const missed = count('nearMiss', true);
    const falseWakes = count('wakeWordHeard', false);
    const right = count('wakeWordHeard', true) + count('nearMiss', false);
    if (missed + falseWakes + right === 0) return '';
    const advice =
      missed > falseWakes ? ' Try “more easily”.' : falseWakes > missed ? ' Try “less easily”.' : '';
    return `By what you said: ${right} right, ${missed} missed, ${falseWakes} woken falsely.${advice}`;
  }

  #take({ file, atMs }: EventLine, meant: boolean): void {
    this.#given.push({ file, atMs, meant });
    this.#changed();
  }

  /** By the last that was said. The same sound at another sensitivity comes near the same time, as a near miss or a wake. */
  #meantBy({ file, atMs }: EventLine): boolean | undefined {
    const near = this.#given.findLast(
      (given) => given.file === file && Math.abs(given.atMs - atMs) <= NEAR_MS,
    );
    return near?.meant;
  }
}

const NEAR_MS = 700;

function isAboutWord({ type }: EventLine): boolean {
  return type === 'wakeWordHeard' || type === 'nearMiss';
}
