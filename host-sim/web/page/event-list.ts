import type { EventLine } from '../../tools/replay/expect/expectations';
import { make } from './elements';
import { kindOf, lineOf, timeText } from './wording';

/** What happened, for reading; a click tells why. */
export class EventList {
  readonly #list = make('ol', { class: 'events' });
  readonly #all = make('input', { type: 'checkbox', id: 'all-lines' });
  readonly #choose: (event: EventLine) => void;
  #events: readonly EventLine[] = [];
  #shown = 0;
  #chosen: EventLine | undefined;

  constructor(place: HTMLElement, choose: (event: EventLine) => void) {
    this.#choose = choose;
    place.append(
      this.#list,
      make('label', { class: 'check', for: 'all-lines' }, this.#all, 'Every line, as tools get them'),
    );
    this.#all.addEventListener('change', () => this.#anew());
  }

  show(events: readonly EventLine[]): void {
    this.#events = events;
    this.#anew();
  }

  /** Takes in what has come. */
  refresh(): void {
    for (const event of this.#events.slice(this.#shown)) this.#add(event);
    this.#shown = this.#events.length;
  }

  mark(chosen: EventLine | undefined): void {
    this.#chosen = chosen;
    for (const row of this.#list.querySelectorAll('button')) {
      const isChosen = row.dataset.index === String(chosen ? this.#events.indexOf(chosen) : -1);
      row.toggleAttribute('aria-current', isChosen);
      if (isChosen) row.setAttribute('aria-current', 'true');
    }
  }

  #anew(): void {
    this.#list.replaceChildren();
    this.#shown = 0;
    this.refresh();
    this.mark(this.#chosen);
  }

  #add(event: EventLine): void {
    const kind = kindOf(event);
    if (kind === 'detail' && !this.#all.checked) return;
    if (event.type === 'perform' && !this.#all.checked) return;
    const { what, text } = lineOf(event);
    const row = make(
      'button',
      { type: 'button', 'data-index': this.#events.indexOf(event), onclick: () => this.#choose(event) },
      make('span', { class: 'time' }, timeText(event.atMs)),
      make('span', { class: `what ${kind}` }, what),
      make('span', { class: 'text' }, text),
    );
    this.#list.append(make('li', {}, row));
  }
}
