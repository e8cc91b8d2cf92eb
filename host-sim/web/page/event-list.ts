import type { EventLine } from '../../tools/replay/expect/expectations';
import type { SpeakerFacts } from '../worker/messages';
import { find, make } from './elements';
import type { HeardSoFar } from './heard-so-far';
import { fieldsInWords, kindOf, lineOf, timeText, wordsOf } from './wording';

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

/** Why an event came, in words. */
export function explain(
  event: EventLine | undefined,
  heard: HeardSoFar,
  facts: SpeakerFacts,
  sensitivity: 'low' | 'normal' | 'high',
): void {
  const place = find('why');
  if (!event) {
    place.replaceChildren(make('p', { class: 'hint' }, 'Choose an event, here or in the timeline.'));
    return;
  }
  const { meaning, fields } = fieldsInWords(event);
  const { what, text } = lineOf(event);
  place.replaceChildren(
    make('p', {}, make('strong', {}, `${timeText(event.atMs)} · ${what}`), ` ${text}`),
    make('p', { class: 'hint' }, `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`),
    ...reasons(event, heard, facts, sensitivity).map((reason) => make('p', {}, reason)),
    make(
      'dl',
      {},
      ...fields.flatMap(({ name, value, meaning: about }) => [
        make('dt', {}, name),
        make('dd', {}, make('span', { class: 'value' }, value), ' ', make('span', { class: 'hint' }, about)),
      ]),
    ),
  );
}

function reasons(
  event: EventLine,
  heard: HeardSoFar,
  facts: SpeakerFacts,
  sensitivity: 'low' | 'normal' | 'high',
): readonly string[] {
  if (event.type === 'wakeWordHeard' || event.type === 'nearMiss')
    return wakeReasons(event, facts, sensitivity);
  if (event.type === 'commandHeard' || event.type === 'commandDoubted' || event.type === 'speechEnded')
    return beliefsBefore(event, heard);
  return [];
}

function wakeReasons(
  event: EventLine,
  facts: SpeakerFacts,
  sensitivity: 'low' | 'normal' | 'high',
): readonly string[] {
  const point = facts.wakeWords.find(({ name }) => name === event.word)?.points[sensitivity];
  if (!point) return [];
  const share = (value: unknown): string => `${Math.round(Number(value) * 100)} %`;
  const look =
    event.lossNats === undefined
      ? 'The second look found the word nowhere in the phones.'
      : `In the phones, each phone of the word lost ${Number(event.lossNats).toFixed(2)} nats against the best other one; ${point.lookLossNats.toFixed(2)} are allowed where the wake model is half sure, more where it is surer, where somebody was talking before, and where the word verifier agrees.`;
  const opinion = event.verifier === undefined ? [] : [verifierInWords(Number(event.verifier))];
  return [
    `The wake model was ${share(event.confidence)} sure at most; from ${share(point.lookCutoff)} on, a second look is taken.`,
    look,
    ...opinion,
  ];
}

/** What the decoder took it for on the way: the rivals of the sentence that won. */
function beliefsBefore(event: EventLine, heard: HeardSoFar): readonly string[] {
  const before = heard.events.slice(0, heard.events.indexOf(event));
  const start = before.findLastIndex(({ type }) => type === 'listen');
  const beliefs = before
    .slice(start < 0 ? before.length : start)
    .filter(({ type }) => type === 'partial')
    .map((partial) => `${timeText(partial.atMs)} “${wordsOf(partial).join(' ')}”`);
  return beliefs.length > 0 ? [`On the way it believed: ${beliefs.join(', ')}.`] : [];
}

/** Of its logit, in nats. */
function verifierInWords(nats: number): string {
  const times = Number(Math.exp(Math.abs(nats)).toPrecision(2));
  const said = times > 1e6 ? 'more than a million' : `about ${times.toLocaleString('en')}`;
  return `The word verifier finds it ${said} times likelier that the word was ${nats >= 0 ? 'said than that it was not' : 'not said than that it was'}.`;
}
