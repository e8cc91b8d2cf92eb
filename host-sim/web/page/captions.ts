import type { EventLine } from '../../tools/replay/expect/expectations';
import type { SpeakerFacts } from '../worker/messages';
import { lineOf } from './wording';

/** What happened stays to be read for so long. */
const STAYS_MS = 7000;
const BEGIN = 'A smart speaker, as it runs on the chip.';

const TOLD: Readonly<Record<string, (event: EventLine) => string>> = {
  wakeWordHeard: ({ word }) => `“${word}”`,
  commandHeard: ({ words }) => `“${words}”`,
  commandDoubted: ({ words }) => `Did you mean “${words}”?`,
  speechEnded: ({ reason }) => (reason === 'silence' ? 'Nobody said more.' : 'That was no command.'),
  muteChanged: ({ muted }) =>
    muted === true ? 'Mute on: the ear is closed and emptied.' : 'Mute off: the ear begins anew.',
  timerRang: (event) => lineOf(event).text,
  alarmRang: () => 'An alarm rings.',
  buttonPressed: () => 'The button was pressed.',
  faultOccurred: ({ what }) => String(what),
};

/** The last thing that happened, in large letters. */
export function caption(events: readonly EventLine[], atMs: number): string {
  const told = events.findLast((event) => event.atMs <= atMs && event.type in TOLD);
  if (!told || atMs - told.atMs > STAYS_MS) return BEGIN;
  return TOLD[told.type]?.(told) ?? BEGIN;
}

/** What the speaker is busy with. */
export function stateInWords(phase: string, muted: boolean, { wakeWords }: SpeakerFacts): string {
  if (muted) return 'Muted. Not one sound is heard.';
  const names = wakeWords.map(({ name }) => `“${name}”`).join(' or ');
  return STATES[phase] ?? `Listens for ${names}.`;
}

const STATES: Readonly<Record<string, string>> = {
  booting: 'Starts.',
  listening: 'Listens to what you want.',
  asking: 'Asks whether you meant it.',
  thinking: 'Asks the home to do it.',
  replying: 'Done.',
  error: 'It could not be done.',
  ringing: 'Rings.',
};
