import { Problem } from '../../../cli/problem';

/** An event line, parsed. */
export interface EventLine {
  readonly atMs: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Some fields of an event that should come; what is not mentioned may be anything. */
export interface Expectation {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** One frame: features, and so detections, cannot be placed more finely. */
const TOLERANCE_MS = 10;

/** Reads a JSON array, or one JSON object a line. Throws Problem naming the line. */
export function parseExpectations(text: string, path: string): Expectation[] {
  const trimmed = text.trim();
  const parts = trimmed.startsWith('[')
    ? asArray(trimmed, path)
    : trimmed.split('\n').filter((line) => line.trim() !== '');
  return parts.map((part, index) => {
    const where = `${path}, ${typeof part === 'string' ? 'line' : 'item'} ${index + 1}`;
    const value = typeof part === 'string' ? parseJson(part, where) : part;
    if (typeof value !== 'object' || value === null || typeof (value as Expectation).type !== 'string') {
      throw new Problem(
        `${where}: an event needs at least a "type", like {"atMs": 1230, "type": "wakeWordHeard"}`,
      );
    }
    return value as Expectation;
  });
}

export interface Difference {
  /** `missing`: expected but not there. `unexpected`: there, of a type that the expectations list, but not expected. */
  readonly kind: 'same' | 'missing' | 'unexpected';
  readonly event: Expectation;
}

/** Lines expectations and events up so that as many as possible agree, in order. Events of types that no expectation
 * mentions are left out. */
export function compareEvents(expected: readonly Expectation[], events: readonly EventLine[]): Difference[] {
  const types = new Set(expected.map((expectation) => expectation.type));
  const listed = events.filter((event) => types.has(event.type));
  const lengths = commonLengths(expected, listed);
  const differences: Difference[] = [];
  let e = 0;
  let a = 0;
  while (e < expected.length || a < listed.length) {
    const expectation = expected[e];
    const event = listed[a];
    if (expectation && event && agrees(expectation, event)) {
      differences.push({ kind: 'same', event });
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
function commonLengths(expected: readonly Expectation[], events: readonly EventLine[]): number[][] {
  const lengths = Array.from({ length: expected.length + 1 }, () =>
    new Array<number>(events.length + 1).fill(0),
  );
  for (let e = expected.length - 1; e >= 0; e--) {
    for (let a = events.length - 1; a >= 0; a--) {
      const row = lengths[e] as number[];
      row[a] = agrees(expected[e] as Expectation, events[a] as EventLine)
        ? 1 + at(lengths, e + 1, a + 1)
        : Math.max(at(lengths, e + 1, a), at(lengths, e, a + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], e: number, a: number): number {
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

function asArray(text: string, path: string): unknown[] {
  return parseJson(text, path) as unknown[];
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(`${where}: not JSON (${(error as Error).message})`);
  }
}
