import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../host-sim/cli/commands/update';
import { carriedOut } from '../cli/command';

let folder: string;
const at = (name: string): string => join(folder, name);
const update = (...words: string[]) => carriedOut(command, words);
const make = (out: string, ...words: string[]) =>
  update(
    'make',
    at(out),
    '--key',
    at('keys/update-private.pem'),
    '--serial',
    '7',
    '--release',
    '0.7',
    ...words,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-update-'));
  writeFileSync(at('models.bin'), 'models and grammar');
  writeFileSync(at('code.bin'), 'firmware');
  expect((await update('keys', at('keys'))).code).toBe(0);
  const parts = ['--resources', at('models.bin'), '--firmware', at('code.bin'), '--board', 'box-3'];
  expect((await make('both.update', ...parts, '--changes', 'Wakes in the shower.')).code).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run update', () => {
  test('makes keys of which only their owner may read the one that signs, and never others in their place', async () => {
    expect(statSync(at('keys/update-private.pem')).mode & 0o077).toBe(0);
    const before = readFileSync(at('keys/update-private.pem'), 'utf8');
    const { code, problems } = await update('keys', at('keys'));
    expect({ code, problems }).toEqual({
      code: 2,
      problems: [expect.stringContaining('there is a key already')],
    });
    expect(readFileSync(at('keys/update-private.pem'), 'utf8')).toBe(before);
  });

  test('signs an update, and says what it is and changes', async () => {
    const { code, out } = await update('check', at('both.update'), '--key', at('keys/update-public.pem'));
    expect(code).toBe(0);
    expect(out).toContain('version 0.7, number 7, for box-3\n  Wakes in the shower.');
    expect(out).toContain('  resources: 18 bytes\n  firmware: 8 bytes');
    expect(readFileSync(at('both.update'), 'utf8')).toMatch(/\nmodels and grammarfirmware$/);
  });

  test.each<[string, (file: Buffer) => Buffer | string, RegExp]>([
    [
      'changed in its first line',
      (file) => file.toString().replace('shower', 'cellar'),
      /not signed with that key/,
    ],
    [
      'changed in a part',
      (file) => file.toString().replace('models', 'Models'),
      /resources in it are not those/,
    ],
    ['cut', (file) => file.subarray(0, -1), /firmware in it are not those/],
    ['longer', (file) => `${file}!`, /1 bytes too many/],
    ['something else', () => 'RIFF', /it is no update/],
  ])('refuses one that is %s', async (_, spoil, why) => {
    writeFileSync(at('spoilt.update'), spoil(readFileSync(at('both.update'))));
    const { code, problems } = await update(
      'check',
      at('spoilt.update'),
      '--key',
      at('keys/update-public.pem'),
    );
    expect(code).toBe(2);
    expect(problems.join()).toMatch(why);
  });

  test.each<[string[], RegExp]>([
    [[], /there is nothing in it/],
    [['--firmware', 'code.bin'], /name it with --board/],
    [['--resources', 'gone.bin'], /gone\.bin: /],
  ])('asks for what is missing: %j', async (words, why) => {
    const { code, problems } = await make(
      'none.update',
      ...words.map((word) => (word.endsWith('.bin') ? at(word) : word)),
    );
    expect(code).toBe(2);
    expect(problems.join()).toMatch(why);
  });

  test('takes no key that is none', async () => {
    const { code, problems } = await update('check', at('both.update'), '--key', at('models.bin'));
    expect(code).toBe(2);
    expect(problems.join()).toContain('not an Ed25519 key');
  });
});
