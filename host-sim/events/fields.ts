import * as v from '@badrap/valita';
import { oneOf as literal, text as words } from '../packages/schema';

/** What a field of an event holds: how TypeScript checks it, how a JSON Schema says it, and what people should know. */
export interface Field {
  readonly check: v.Type<unknown>;
  readonly json: Readonly<Record<string, unknown>>;
  /** For people: `whole number`, `text`. */
  readonly type: string;
  readonly unit?: string;
  readonly meaning: string;
  readonly isOptional: boolean;
  /** A measurement that other models or another build of them would give otherwise. */
  readonly isMeasured?: true;
}

type Kind = Pick<Field, 'check' | 'json' | 'type'>;

type More = Pick<Field, 'unit' | 'isMeasured'>;
export type NeededField = Field & { readonly isOptional: false };
export type OptionalField = Field & { readonly isOptional: true };

/** A field that is always there. */
export function field(kind: Kind, meaning: string, more: More = {}): NeededField {
  return { ...kind, meaning, ...more, isOptional: false };
}

/** One that may be missing. */
export function maybe(kind: Kind, meaning: string, more: More = {}): OptionalField {
  return { ...kind, meaning, ...more, isOptional: true };
}

export const text: Kind = { check: v.string(), json: { type: 'string' }, type: 'text' };

export const flag: Kind = {
  check: v.unknown().assert((value) => typeof value === 'boolean', 'true or false'),
  json: { type: 'boolean' },
  type: 'true or false',
};

export const count: Kind = {
  check: v
    .unknown()
    .assert((value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number from 0'),
  json: { type: 'integer', minimum: 0 },
  type: 'whole number',
};

export const number: Kind = {
  check: v.unknown().assert((value) => typeof value === 'number', 'a number'),
  json: { type: 'number' },
  type: 'number',
};

export const share: Kind = {
  check: v
    .unknown()
    .assert((value) => typeof value === 'number' && value >= 0 && value <= 1, 'a number from 0 to 1'),
  json: { type: 'number', minimum: 0, maximum: 1 },
  type: 'number from 0 to 1',
};

export function oneOf<const T extends readonly [string, ...string[]]>(...names: T): Kind {
  return { check: literal(...names), json: { enum: names }, type: names.join(', ') };
}

export const texts: Kind = {
  check: v.array(v.string()),
  json: { type: 'array', items: { type: 'string' } },
  type: 'list of texts',
};

const oneSlot = { anyOf: [{ type: 'string' }, { type: 'number' }] };

export const slots: Kind = {
  check: v.record(v.union(v.string(), v.number(), v.array(v.union(v.string(), v.number())))),
  json: {
    type: 'object',
    additionalProperties: { anyOf: [oneSlot, { type: 'array', items: oneSlot }] },
  },
  type: 'object of texts, numbers or lists of them',
};

const values = { type: 'object', additionalProperties: oneSlot };

export const facts: Kind = {
  check: v.record(v.union(v.string(), v.number())),
  json: values,
  type: 'object of texts and numbers',
};

export const told: Kind = {
  check: v.object({ says: v.string(), values: facts.check }),
  json: {
    type: 'object',
    properties: { says: { type: 'string' }, values },
    required: ['says', 'values'],
    additionalProperties: false,
  },
  type: 'object of `says` and `values`',
};

export const rgb: Kind = {
  check: v
    .unknown()
    .assert((value) => /^([0-9a-f]{6})*$/.test(String(value)), 'six hexadecimal digits an LED'),
  json: { type: 'string', pattern: '^([0-9a-f]{6})*$' },
  type: 'text of six hexadecimal digits an LED',
};

export const recording: Kind = { check: words, json: { type: 'string', minLength: 1 }, type: 'text' };
