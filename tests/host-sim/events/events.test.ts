import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { EVENT_TYPES, shapeOf } from '../../../host-sim/events/events';
import { jsonSchema } from '../../../host-sim/events/json-schema';
import { eventsPage } from '../../../host-sim/events/page';
import { run } from '../cli/command';

const FOLDER = join(__dirname, '../../../host-sim/events');
const schema = JSON.parse(readFileSync(join(FOLDER, 'events.schema.json'), 'utf8'));
const isEvent = new Ajv({ strict: true, allErrors: true }).compile(schema);

describe('the schema and the page of events', () => {
  test('that ship are those of the table: npm run events makes them anew', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toBe(eventsPage());
  });

  test.each(['node', 'xs'])(
    'have every line that a replay writes under %s, and say what is in it',
    (engine) => {
      const { lines, code } = run(['replay', '--demo', '--json', '--frames', '--engine', engine]);
      expect(code).toBe(0);
      const wrong = lines.filter((line) => !isEvent(JSON.parse(line)));
      expect(wrong).toEqual([]);
      const types = new Set(lines.map((line) => JSON.parse(line).type));
      expect(EVENT_TYPES).toEqual(expect.arrayContaining([...types]));
      expect(types.size).toBeGreaterThan(15);
      // a field that the table has and no line has would be a field that is gone
      for (const type of types) {
        const written = lines.map((line) => JSON.parse(line)).filter((event) => event.type === type);
        for (const [name, { isOptional }] of Object.entries(shapeOf(type).fields))
          if (!isOptional) expect(written.every((event) => name in event)).toBe(true);
      }
    },
    300_000,
  );

  test.each([
    { atMs: 1, type: 'wakeWordHerd' },
    { type: 'booted' },
    { atMs: -1, type: 'booted' },
    { atMs: 1, type: 'muteChanged', muted: 'yes' },
    { atMs: 1, type: 'muteChanged' },
    { atMs: 1, type: 'muteChanged', muted: true, why: 'privacy' },
    { atMs: 1, type: 'speechEnded', reason: 'boredom' },
  ])('refuse %j', (event) => {
    expect(isEvent(event)).toBe(false);
  });
});
