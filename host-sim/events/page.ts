import { COMMON_FIELDS, EVENT_TYPES, shapeOf } from './events';
import type { Field } from './fields';

const HEAD = `# Events

One line of \`earshot replay --json\` or \`earshot listen --json\` is one JSON object. [events.schema.json](events.schema.json) says
the same to tools. This page and the schema are made from \`events.ts\` by \`npm run events\`; a test holds both to it, and real
replays under both engines to the schema.

Fields marked *measured* change when a model is trained anew, so \`--record\` leaves them out; it keeps the events marked
*outcome*. How expectations are written is in [the page of replay](../tools/replay/README.md).

Every event has
`;

/** The page for people, made from the table. */
export function eventsPage(): string {
  const sections = EVENT_TYPES.map((type) => {
    const { meaning, fields, isOutcome } = shapeOf(type);
    const title = `## ${type}\n\n${sentence(meaning)}${isOutcome ? ' *Outcome.*' : ''}`;
    return Object.keys(fields).length === 0 ? `${title}\n` : `${title}\n\n${tableOf(fields)}`;
  });
  return `${HEAD}\n${tableOf(COMMON_FIELDS)}\n${sections.join('\n')}`;
}

function tableOf(fields: Readonly<Record<string, Field>>): string {
  const rows = Object.entries(fields).map(([name, { type, unit, meaning, isOptional, isMeasured }]) => {
    const remarks = [...(isOptional ? ['may be missing'] : []), ...(isMeasured ? ['*measured*'] : [])];
    const said = [meaning, ...remarks].join('; ');
    return `| \`${name}\` | ${type} | ${unit ?? ''} | ${said} |\n`;
  });
  return `| field | type | unit | meaning |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
