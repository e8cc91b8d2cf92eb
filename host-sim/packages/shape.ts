import { Problem } from '../cli/problem';

/** Throws Problem when `value`, which stands at `path` of a file, is not of the shape that it should be. */
export type Shape = (value: unknown, path: string) => void;

export const text: Shape = (value, path) => {
  if (typeof value !== 'string' || value.trim() === '') wrong(value, path, 'some text');
};

export function integer(least: number, most: number): Shape {
  return (value, path) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
      wrong(value, path, `a whole number from ${least} to ${most}`);
  };
}

export function oneOf(...allowed: readonly (string | number)[]): Shape {
  return (value, path) => {
    if (!allowed.includes(value as string | number)) wrong(value, path, allowed.join(' or '));
  };
}

/** Text that `pattern` matches; `right` describes it to people. */
export function matching(pattern: RegExp, right: string): Shape {
  return (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) wrong(value, path, right);
  };
}

/** A list of exactly these. */
export function tuple(...shapes: readonly Shape[]): Shape {
  return (value, path) => {
    if (!Array.isArray(value) || value.length !== shapes.length)
      return wrong(value, path, `a list of ${shapes.length}`);
    for (const [index, shape] of shapes.entries()) shape(value[index], `${path}[${index}]`);
  };
}

/** `member?` may be missing; what is not named here may not be there. */
export function object(members: Readonly<Record<string, Shape>>): Shape {
  const shapes = new Map(Object.entries(members).map(([name, shape]) => [name.replace('?', ''), shape]));
  const needed = Object.keys(members).filter((name) => !name.endsWith('?'));
  return (value, path) => {
    if (!isObject(value)) return wrong(value, path, `an object with ${needed.join(', ')}`);
    for (const name of needed)
      if (!Object.hasOwn(value, name)) throw new Problem(`${path}.${name} is missing`);
    for (const [name, member] of Object.entries(value)) {
      const shape = shapes.get(name);
      if (!shape) throw new Problem(`${path}.${name} is unknown; ${[...shapes.keys()].join(', ')} are known`);
      shape(member, `${path}.${name}`);
    }
  };
}

export function list(of: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return wrong(value, path, 'a list');
    for (const [index, element] of value.entries()) of(element, `${path}[${index}]`);
  };
}

/** An object with any names, as `names` wants them. */
export function record(names: RegExp, of: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) return wrong(value, path, 'an object');
    for (const [name, member] of Object.entries(value)) {
      if (!names.test(name)) throw new Problem(`${path}.${name}: this name is not of the right form`);
      of(member, `${path}.${name}`);
    }
  };
}

/** `special` for objects that have the member `name`, `usual` for all else. */
export function having(name: string, special: Shape, usual: Shape): Shape {
  return (value, path) => (isObject(value) && Object.hasOwn(value, name) ? special : usual)(value, path);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(value: unknown, path: string, right: string): never {
  throw new Problem(`${path} is ${JSON.stringify(value) ?? 'missing'}; ${right} would be right`);
}
