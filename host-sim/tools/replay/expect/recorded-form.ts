import { EVENT_TYPES, isEventType, shapeOf } from '../../../events/events';
import type { Outcome } from '../timeline/summary';
import type { EventLine, Expectation, Item } from './expectations';
import { recordingName } from './recording-name';

/** The types of events that tell how a recording came out. */
const OUTCOMES: readonly string[] = EVENT_TYPES.filter((type) => shapeOf(type).isOutcome);

/** What was heard as the text of a file of expectations: nothing else may come of what tells how a recording came out. */
export function expectationsOf(outcomes: readonly Outcome[], recordings: readonly string[]): string {
  const events = outcomes.flatMap((outcome) =>
    outcome.events
      .filter(({ type }) => OUTCOMES.includes(type))
      .map((event) => recordedForm(event, outcome.path, recordings)),
  );
  return textOf([{ only: OUTCOMES }, ...events], false);
}

/** The event without what is measured, and with its recording where there are several. */
export function recordedForm(event: EventLine, path: string, recordings: readonly string[]): Expectation {
  const { atMs, type, ...rest } = event;
  const fields = isEventType(type) ? shapeOf(type).fields : {};
  const kept = Object.entries(rest).filter(([name]) => !fields[name]?.isMeasured);
  const file = recordings.length > 1 ? { file: recordingName(path, recordings) } : {};
  return { atMs, type, ...file, ...Object.fromEntries(kept) };
}

export function textOf(items: readonly Item[], isArray: boolean): string {
  const lines = items.map((item) => JSON.stringify(item));
  return isArray ? `[\n  ${lines.join(',\n  ')}\n]\n` : lines.map((line) => `${line}\n`).join('');
}
