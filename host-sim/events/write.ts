/** Writes the schema and the page that are made from events.ts: `npm run events`. */
import { writeFileSync } from 'node:fs';
import { jsonSchema } from './json-schema';
import { eventsPage } from './page';

const put = (name: string, text: string): void => writeFileSync(new URL(name, import.meta.url), text);

put('events.schema.json', `${JSON.stringify(jsonSchema(), null, 2)}\n`);
put('README.md', eventsPage());
