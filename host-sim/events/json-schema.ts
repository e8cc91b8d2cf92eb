import { COMMON_FIELDS, EVENT_TYPES, shapeOf } from './events';
import type { Field } from './fields';

/** JSON Schema of one line of `--json`, for tools that check or generate code. */
export function jsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'An event of Earshot',
    description: 'One line of `earshot replay --json`',
    type: 'object',
    required: ['atMs', 'type'],
    oneOf: EVENT_TYPES.map((type) => {
      const { meaning, fields } = shapeOf(type);
      const needed = Object.keys(fields).filter((name) => !fields[name]?.isOptional);
      return {
        title: type,
        description: meaning,
        properties: {
          atMs: described(COMMON_FIELDS.atMs),
          type: { const: type },
          file: described(COMMON_FIELDS.file),
          ...Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, described(each)])),
        },
        required: ['atMs', 'type', ...needed],
        additionalProperties: false,
      };
    }),
  };
}

function described({ json, meaning, unit }: Field): object {
  return { ...json, description: unit === undefined ? meaning : `${meaning}, in ${unit}` };
}
