import type { EventLine } from '../../tools/replay/expect/expectations';
import type { SpeakerFacts } from '../worker/messages';
import { find, make } from './elements';
import type { HeardSoFar } from './heard-so-far';
import type { Verdicts } from './verdicts';
import { fieldsInWords, lineOf, timeText, wordsOf } from './wording';

/** Why an event came, in words. */
export function explain(
  event: EventLine | undefined,
  heard: HeardSoFar,
  facts: SpeakerFacts,
  sensitivity: 'low' | 'normal' | 'high',
  verdicts: Verdicts,
): void {
  const place = find('why');
  const said = verdicts.summary(heard.events);
  const summary = said === '' ? [] : [make('p', {}, said)];
  if (!event) {
    place.replaceChildren(
      make('p', { class: 'hint' }, 'Choose an event, here or in the timeline.'),
      ...summary,
    );
    return;
  }
  const { meaning, fields } = fieldsInWords(event);
  const { what, text } = lineOf(event);
  place.replaceChildren(
    make('p', {}, make('strong', {}, `${timeText(event.atMs)} · ${what}`), ` ${text}`),
    make('p', { class: 'hint' }, `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`),
    ...reasons(event, heard, facts, sensitivity).map((reason) => make('p', {}, reason)),
    ...[verdicts.ask(event)].filter((asked) => asked !== undefined),
    ...summary,
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
