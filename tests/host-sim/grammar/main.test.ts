import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../cli/command';

const folder = mkdtempSync(join(tmpdir(), 'earshot-grammar-'));
afterAll(() => rmSync(folder, { recursive: true }));

function grammar(...args: string[]) {
  const { code: status, out: stdout, problems } = run(['grammar', ...args]);
  return { status, stdout, stderr: problems.join('\n') };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('check says how many sentences there are and how large the graph is, and warns', () => {
  const { status, stdout } = grammar('check', file('good.grammar', 'stop: stop\nhalt: stop\nname: zorphing'));
  expect(status).toBe(0);
  expect(stdout).toContain("'stop' (stop {}) sounds like 'stop' (halt {})");
  expect(stdout).toContain("'zorphing' is in no dictionary");
  expect(stdout).toMatch(/3 intents, 3 sentences before slots, 3 with their values; graph \d+ bytes/);
});

test('check names the line and column of an error and exits with 1', () => {
  const path = file('bad.grammar', 'stop: stop\nturnOn: turn on {rom}');
  const { status, stderr } = grammar('check', path);
  expect(status).toBe(1);
  expect(stderr).toContain(`${path}:2:17: error: there is no list 'rom'`);
});

test('check refuses a grammar that is larger than the decoder has room for', () => {
  const durations = Array.from({ length: 24 }, (_, i) => `{n${i}:duration}`).join(' ');
  const { status, stderr } = grammar('check', file('large.grammar', `wait: wait ${durations}`));
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /large\.grammar: error: the speaker cannot take this grammar: more (phone nodes|states) than/,
  );
});

test('compile writes the graph', () => {
  const output = join(folder, 'graph');
  expect(grammar('compile', file('one.grammar', 'stop: stop'), '-o', output).status).toBe(0);
  expect(readFileSync(output).subarray(0, 4).toString()).toBe('EGRM');
});

test.each([
  [['compile', 'x.grammar'], /--output FILE is missing/],
  [['compile', 'x.grammar', 'y.grammar', '-o', 'z'], /takes one grammar, 'y\.grammar' is one too many/],
  [['compile', 'models/home/home.grammar', '-o', 'models'], /models: a folder; a file in a folder/],
  [['chek', 'x.grammar'], /no verb 'chek': there is check, compile/],
  [['check', 'nowhere.grammar'], /nowhere\.grammar: not there; the path of a grammar would be right/],
  [['check', 'models'], /models: a folder; the path of a grammar would be right/],
  [
    ['check', 'host-sim/tools/replay/recordings/kitchen.wav'],
    /kitchen\.wav: not text; a grammar would be right/,
  ],
])('%j is refused in one line, exit code 2', (words, message) => {
  const { status, stdout, stderr } = grammar(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trimEnd()).toMatch(message);
  expect(stderr.trimEnd()).not.toContain('\n');
});
