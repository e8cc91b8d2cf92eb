import { existsSync } from 'node:fs';
import { writeNamedFile } from '../../../cli/files';
import { Problem } from '../../../cli/problem';
import type { Outcome } from '../timeline/summary';
import {
  type Clause,
  type Expectation,
  type Expectations,
  type Item,
  isClause,
  isExpectation,
  typesOf,
} from './expectations';
import { expectationsOf, recordedForm, textOf } from './recorded-form';
import type { Verdict } from './verdicts';

/** `--record` makes a file and overwrites none: what a person has written there is worth more. @throws Problem */
export function refuseToOverwrite(path: string): void {
  if (existsSync(path))
    throw new Problem(`${path}: is there already; --expect ${path} --update brings it up to date`);
}

/** Writes what was heard as expectations: nothing else may come of what tells how a recording came out. */
export function record(path: string, outcomes: readonly Outcome[], recordings: readonly string[]): void {
  writeNamedFile(path, expectationsOf(outcomes, recordings));
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
