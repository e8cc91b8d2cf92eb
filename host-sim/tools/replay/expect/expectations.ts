import { nearestOf } from '../../../../firmware/core/nearest';
import { isJsonObject } from '../../../cli/json-object';
import { Problem } from '../../../cli/problem';
import { COMMON_FIELDS, EVENT_TYPES, type EventType, isEventType, shapeOf } from '../../../events/events';
import type { Field } from '../../../events/fields';
import { checked } from '../../../packages/schema';

/** An event line, parsed. */
export interface EventLine {
  readonly atMs: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Some fields of an event that should come; what is not mentioned may be anything. */
export interface Expectation {
  readonly type: string;
  readonly file?: string;
  readonly [field: string]: unknown;
}

/** Which events must not come but where they are expected. */
export interface Clause {
  /** Of these types only the expected ones may come. */
  readonly only?: string | readonly string[];
  /** Of these types none may come. */
  readonly none?: string | readonly string[];
  /** Of this recording; without it, of all. */
  readonly file?: string;
}

export type Item = Expectation | Clause;

/** What a file of expectations holds. */
export interface Expectations {
  readonly path: string;
  readonly items: readonly Item[];
  /** A JSON array, or one JSON object a line. */
  readonly isArray: boolean;
}

/** Reads a JSON array, or one JSON object a line. The lines with which npm heads what it runs are passed over.
 * @throws Problem naming the line */
export function parseExpectations(text: string, path: string): Expectations {
  const trimmed = text.trim();
  const isArray = trimmed.startsWith('[');
  const items = isArray
    ? asArray(trimmed, path).map((value, index) => readItem(value, `${path}, item ${index + 1}`))
    : trimmed.split('\n').flatMap((line, index) => {
        const where = `${path}, line ${index + 1}`;
        const isSkipped = line.trim() === '' || line.startsWith('> ');
        return isSkipped ? [] : [readItem(parseJson(line, where), where)];
      });
  if (items.length === 0)
    throw new Problem(
      `${path}: nothing is expected, so nothing would be checked; that nothing wakes is written {"none": "wakeWordHeard"}`,
    );
  return { path, items, isArray };
}

export function isClause(item: Item): item is Clause {
  return !Object.hasOwn(item, 'type');
}

export function isExpectation(item: Item): item is Expectation {
  return !isClause(item);
}

/** The types that a clause names, as it may name one or several. */
export function typesOf(named: Clause['only']): readonly string[] {
  return named === undefined ? [] : typeof named === 'string' ? [named] : named;
}

function readItem(value: unknown, where: string): Item {
  const isObject = isJsonObject(value);
  if (isObject && Object.hasOwn(value, 'type')) return readExpectation(value as Expectation, where);
  if (isObject && (Object.hasOwn(value, 'only') || Object.hasOwn(value, 'none')))
    return readClause(value as Clause, where);
  throw new Problem(
    `${where}: an event needs at least a "type", like {"atMs": 1230, "type": "wakeWordHeard"}; ` +
      'what must not come is {"none": "wakeWordHeard"}',
  );
}

function readExpectation(expectation: Expectation, where: string): Expectation {
  const type = readType(expectation.type, where);
  const known: Readonly<Record<string, Field>> = { ...COMMON_FIELDS, ...shapeOf(type).fields };
  for (const [name, value] of Object.entries(expectation)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined; // “constructor” is no field
    if (!field)
      throw new Problem(
        `${where}: ${type} has no "${name}"${hint(name, Object.keys(known))}; it has ${Object.keys(known).join(', ')}`,
      );
    // of slots, as of fields, some may be left out
    checked(field.check, value, `${where}: ${name}`);
  }
  return expectation;
}

function readClause(clause: Clause, where: string): Clause {
  for (const [name, value] of Object.entries(clause)) {
    if (name === 'file') checked(COMMON_FIELDS.file.check, value, `${where}: file`);
    else if (name === 'only' || name === 'none')
      for (const type of [value].flat()) readType(type, where); // one, or a list
    else throw new Problem(`${where}: beside "only" and "none" there may be "file", but no "${name}"`);
  }
  if (typesOf(clause.only).length + typesOf(clause.none).length === 0)
    throw new Problem(`${where}: no type of event is named; {"none": "wakeWordHeard"} would be right`);
  return clause;
}

function readType(type: unknown, where: string): EventType {
  if (isEventType(type)) return type;
  throw new Problem(
    `${where}: no type ${JSON.stringify(type)}${hint(String(type), EVENT_TYPES)}; there is ${EVENT_TYPES.join(', ')}`,
  );
}

function hint(unknown: string, known: readonly string[]): string {
  const nearest = nearestOf(unknown, known);
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
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
