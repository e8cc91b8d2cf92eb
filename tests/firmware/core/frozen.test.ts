import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { frozen } from '../../../firmware/core/frozen';

const CORE = join(__dirname, '../../../firmware/core');
const modules = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.d.ts'),
);

test('a table is made fast with all that is in it, and stays itself', () => {
  const table = { list: [{ deep: 1 }], call: () => 2, nothing: null };
  expect(frozen(table)).toBe(table);
  expect([table, table.list, table.list[0]].every(Object.isFrozen)).toBe(true);
});

test.each(modules)('%s exports no table that could be changed', (name) => {
  const exported: Record<string, unknown> = require(join(CORE, name));
  const tables = Object.entries(exported).filter(([, value]) => typeof value === 'object');
  expect(tables.filter(([, table]) => !Object.isFrozen(table)).map(([key]) => key)).toEqual([]);
});
