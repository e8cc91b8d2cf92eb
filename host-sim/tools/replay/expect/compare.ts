import type { EventLine, Expectation } from './expectations';

/** What is expected of one recording. */
export interface Expected {
  readonly events: readonly Expectation[];
  /** Of these types nothing else may come, beside those that are expected anyway. */
  readonly types: ReadonlySet<string>;
}

/** One frame: features, and so detections, cannot be placed more finely. */
const TOLERANCE_MS = 10;

export type Difference =
  | { readonly kind: 'same'; readonly event: EventLine; readonly expectation: Expectation }
  /** Expected, but not there. */
  | { readonly kind: 'missing'; readonly event: Expectation }
  /** There, of a type that is compared, but not expected. */
  | { readonly kind: 'unexpected'; readonly event: EventLine };

/** Lines expectations and events up so that as many as possible agree, in order. Events of types that are not compared are
 * left out. */
export function compareEvents(
  { events: expected, types }: Expected,
  events: readonly EventLine[],
): Difference[] {
  const compared = new Set([...types, ...expected.map(({ type }) => type)]);
  const listed = events.filter(({ type }) => compared.has(type));
  const start = agreeingAtStart(expected, listed);
  const left = Math.min(expected.length, listed.length) - start;
  const end = agreeingAtEnd(expected, listed, left);
  const same = (e: number, a: number, count: number): Difference[] =>
    listed.slice(a, a + count).map((event, index) => ({
      kind: 'same',
      event,
      expectation: expected[e + index] as Expectation,
    }));
  const [lastE, lastA] = [expected.length - end, listed.length - end];
  const middle = align(expected.slice(start, lastE), listed.slice(start, lastA));
  return [...same(0, 0, start), ...middle, ...same(lastE, lastA, end)];
}

/** How many agree one by one: what a long recording is expected to give and gives is not worth a search. */
function agreeingAtStart(expected: readonly Expectation[], events: readonly EventLine[]): number {
  const count = expected.findIndex((expectation, index) => {
    const event = events[index];
    return !event || !agrees(expectation, event);
  });
  return count < 0 ? expected.length : count;
}

function agreeingAtEnd(expected: readonly Expectation[], events: readonly EventLine[], most: number): number {
  let count = 0;
  while (count < most) {
    const expectation = expected[expected.length - 1 - count] as Expectation;
    if (!agrees(expectation, events[events.length - 1 - count] as EventLine)) break;
    count++;
  }
  return count;
}

function align(expected: readonly Expectation[], events: readonly EventLine[]): Difference[] {
  const lengths = commonLengths(expected, events);
  const differences: Difference[] = [];
  let e = 0;
  let a = 0;
  while (e < expected.length || a < events.length) {
    const expectation = expected[e];
    const event = events[a];
    if (expectation && event && agrees(expectation, event)) {
      differences.push({ kind: 'same', event, expectation });
      e++;
      a++;
    } else if (expectation && (!event || at(lengths, e + 1, a) >= at(lengths, e, a + 1))) {
      differences.push({ kind: 'missing', event: expectation });
      e++;
    } else {
      differences.push({ kind: 'unexpected', event: event as EventLine });
      a++;
    }
  }
  return differences;
}

/** `lengths[e][a]`: how many agree at most from expectation e and event a on. */
function commonLengths(expected: readonly Expectation[], events: readonly EventLine[]): Uint32Array[] {
  const lengths = Array.from({ length: expected.length + 1 }, () => new Uint32Array(events.length + 1));
  for (let e = expected.length - 1; e >= 0; e--) {
    for (let a = events.length - 1; a >= 0; a--) {
      const row = lengths[e] as Uint32Array;
      row[a] = agrees(expected[e] as Expectation, events[a] as EventLine)
        ? 1 + at(lengths, e + 1, a + 1)
        : Math.max(at(lengths, e + 1, a), at(lengths, e, a + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly Uint32Array[], e: number, a: number): number {
  return lengths[e]?.[a] ?? 0;
}

function agrees(expectation: Expectation, event: EventLine): boolean {
  return Object.entries(expectation).every(([field, value]) => {
    if (field === 'file') return true;
    if (field === 'atMs') return typeof value === 'number' && Math.abs(event.atMs - value) <= TOLERANCE_MS;
    return contains(event[field], value);
  });
}

/** Objects need to have the expected fields, everything else must be equal. */
function contains(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected))
    return false;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([key, value]) =>
    contains((actual as Record<string, unknown>)[key], value),
  );
}

const MARKS = { same: ' ', missing: '−', unexpected: '+' } as const;

/** The differences as lines for people: − is missing, + was not expected. */
export function describeDifferences(differences: readonly Difference[]): string[] {
  return differences.map(({ kind, event }) => `${MARKS[kind]} ${JSON.stringify(event)}`);
}
