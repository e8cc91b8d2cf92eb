import { existsSync } from 'node:fs';
import { writeNamedFile } from '../../../cli/files';
import { Problem } from '../../../cli/problem';
import { EVENT_TYPES, isEventType, shapeOf } from '../../../events/events';
import type { Outcome } from '../timeline/summary';
import {
  type Clause,
  type EventLine,
  type Expectation,
  type Expectations,
  type Item,
  isClause,
  isExpectation,
  typesOf,
} from './expectations';
import { recordingName } from './recordings';
import type { Verdict } from './verdicts';

/** The types of events that tell how a recording came out. */
const OUTCOMES: readonly string[] = EVENT_TYPES.filter((type) => shapeOf(type).isOutcome);

/** `--record` makes a file and overwrites none: what a person has written there is worth more. @throws Problem */
export function refuseToOverwrite(path: string): void {
  if (existsSync(path))
    throw new Problem(`${path}: is there already; --expect ${path} --update brings it up to date`);
}

/** Writes what was heard as expectations: nothing else may come of what tells how a recording came out. */
export function record(path: string, outcomes: readonly Outcome[], recordings: readonly string[]): void {
  const events = outcomes.flatMap((outcome) =>
    outcome.events
      .filter(({ type }) => OUTCOMES.includes(type))
      .map((event) => recordedForm(event, outcome.path, recordings)),
  );
  writeNamedFile(path, textOf([{ only: OUTCOMES }, ...events], false));
}

/** Writes the file anew: expectations that are met stay as they were written, those that are not go, and what came
 * unexpected is added. A `none` is never taken back. Returns what to say about it. */
export function update(
  { path, items, isArray }: Expectations,
  verdicts: readonly Verdict[],
  recordings: readonly string[],
): { readonly said: string; readonly isMet: boolean } {
  const forbidden = verdicts.flatMap(({ differences, none }) =>
    differences.filter(({ kind, event }) => kind === 'unexpected' && none.has(event.type)),
  );
  if (forbidden.length > 0)
    return {
      said: `${path} says none of ${forbidden[0]?.event.type}; --update does not take that back, so nothing is written`,
      isMet: false,
    };
  const events = verdicts.flatMap((verdict) =>
    verdict.differences.flatMap((difference): Expectation[] => {
      if (difference.kind === 'missing') return [];
      if (difference.kind === 'same') return [difference.expectation];
      return [recordedForm(difference.event, verdict.path, recordings)];
    }),
  );
  const count = (wanted: string): number =>
    verdicts.flatMap(({ differences }) => differences).filter(({ kind }) => kind === wanted).length;
  const [added, removed] = [count('unexpected'), count('missing')];
  if (added + removed === 0) return { said: `${path} is up to date`, isMet: true };
  const clauses = items.filter(isClause);
  writeNamedFile(path, textOf([...clauses, ...clauseFor(items, events), ...events], isArray));
  return { said: `${path} is brought up to date: ${added} added, ${removed} removed`, isMet: true };
}

/** What is left must still check what it checked: of a type that comes no more, nothing may come. */
function clauseFor(items: readonly Item[], events: readonly Expectation[]): Clause[] {
  const still = new Set([...events.map(({ type }) => type), ...items.filter(isClause).flatMap(compared)]);
  const lost = new Set(items.filter(isExpectation).flatMap(({ type }) => (still.has(type) ? [] : [type])));
  return lost.size > 0 ? [{ only: [...lost] }] : [];
}

function compared({ only, none }: Clause): string[] {
  return [...typesOf(only), ...typesOf(none)];
}

/** The event without what is measured, and with its recording where there are several. */
function recordedForm(event: EventLine, path: string, recordings: readonly string[]): Expectation {
  const { atMs, type, ...rest } = event;
  const fields = isEventType(type) ? shapeOf(type).fields : {};
  const kept = Object.entries(rest).filter(([name]) => !fields[name]?.isMeasured);
  const file = recordings.length > 1 ? { file: recordingName(path, recordings) } : {};
  return { atMs, type, ...file, ...Object.fromEntries(kept) };
}

function textOf(items: readonly Item[], isArray: boolean): string {
  const lines = items.map((item) => JSON.stringify(item));
  return isArray ? `[\n  ${lines.join(',\n  ')}\n]\n` : lines.map((line) => `${line}\n`).join('');
}
