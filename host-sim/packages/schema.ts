/** What files that people write are made of: schemas from which TypeScript knows the types, and complaints that say what
 * would be right. */
import * as v from '@badrap/valita';
import { isJsonObject } from '../cli/json-object';
import { Problem } from '../cli/problem';

/** What a schema describes. JSON knows no undefined: what is optional is there or is not. */
export type Infer<T extends v.Type> = Read<v.Infer<T>>;
type Read<T> = T extends object ? { readonly [Name in keyof T]: Read<Exclude<T[Name], undefined>> } : T;

type Issue = v.Err['issues'][number];
type Literal = string | number;

/** The value, of the type that the schema describes. `where` it stands: `FILE: `, or a file and a path in it. @throws Problem */
export function checked<T>(schema: v.Type<T>, value: unknown, where: string): Read<T> {
  const result = schema.try(value);
  if (result.ok) return result.value as Read<T>;
  throw new Problem(complaintAbout(result.issues[0] as Issue, value, where));
}

export const text = v.unknown().assert(isText, 'some text');

export function number(least: number, most: number) {
  const isWithin = (value: unknown): value is number =>
    typeof value === 'number' && value >= least && value <= most;
  return v.unknown().assert(isWithin, `a number from ${least} to ${most}`);
}

export function integer(least: number, most: number) {
  const isWithin = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  const right = least === most ? `${least}` : `a whole number from ${least} to ${most}`;
  return v.unknown().assert(isWithin, right);
}

export function oneOf<const T extends readonly [Literal, ...Literal[]]>(...allowed: T) {
  const isAllowed = (value: unknown): value is T[number] => allowed.includes(value as Literal);
  return v.unknown().assert(isAllowed, allowed.join(' or '));
}

/** Text that `pattern` matches; `right` describes it to people. */
export function matching(pattern: RegExp, right: string) {
  return v.unknown().assert((value): value is string => isText(value) && pattern.test(value), right);
}

/** What is not named here may not be there. */
export function object<S extends Record<string, v.Type | v.Optional>>(shape: S) {
  const names = Object.keys(shape);
  const whole = v.object(shape);
  return v.unknown().chain((value) => {
    if (!isJsonObject(value)) return v.err(`an object with ${names.join(', ')}`);
    const other = Object.keys(value).find((name) => !names.includes(name));
    if (other === undefined) return whole.try(value);
    return v.err({ message: `is unknown; ${names.join(', ')} are known`, path: [other] });
  });
}

/** What is not named here is somebody else's, and is left out. */
export function openObject<S extends Record<string, v.Type | v.Optional>>(shape: S) {
  const whole = v.object(shape);
  return v.unknown().chain((value) => whole.try(value, { mode: 'strip' }));
}

export function list<T extends v.Type>(of: T, least = 0) {
  return v.array(of).assert((items) => items.length >= least, 'a list of some');
}

/** A list of exactly these. */
export function tuple<T extends [v.Type, ...v.Type[]]>(...of: T) {
  return v.tuple(of);
}

/** An object with any names, as `names` wants them. */
export function record<T extends v.Type>(names: RegExp, of: T) {
  const whole = v.record(of);
  return v.unknown().chain((value) => {
    const other = isJsonObject(value) ? Object.keys(value).find((name) => !names.test(name)) : undefined;
    if (other === undefined) return whole.try(value);
    return v.err({ message: 'is a name that is not of the right form', path: [other] });
  });
}

/** `special` for objects that have the member `name`, `usual` for all else. */
export function having<A extends v.Type, B extends v.Type>(name: string, special: A, usual: B) {
  return v.unknown().chain((value): v.ValitaResult<v.Infer<A> | v.Infer<B>> => {
    return (isJsonObject(value) && Object.hasOwn(value, name) ? special : usual).try(value);
  });
}

function complaintAbout(issue: Issue, value: unknown, where: string): string {
  const { path } = issue;
  const inside = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const place = where.endsWith(' ') ? where + inside.replace(/^\./, '') : where + inside;
  const found = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], value);
  if (issue.code === 'missing_value' || found === undefined) return `${place} is missing`;
  if (issue.code === 'custom_error' && typeof issue.error === 'object')
    return `${place} ${issue.error.message}`;
  return `${place} is ${JSON.stringify(found)}; ${rightFor(issue)} would be right`;
}

function rightFor(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'custom_error':
      return issue.message;
    case 'invalid_length':
      return `a list of ${issue.minLength}`;
    case 'invalid_type':
      return issue.expected
        .map((type) => ({ array: 'a list', object: 'an object' })[type as string] ?? type)
        .join(' or ');
    default:
      return 'something else';
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
