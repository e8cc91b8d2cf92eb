import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../host-sim/cli/commands/grammar';
import { DECODER_ROOM } from '../../../host-sim/grammar/limits';
import { carriedOut } from '../cli/command';

const folder = mkdtempSync(join(tmpdir(), 'earshot-grammar-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function grammar(...args: string[]) {
  const { code: status, out: stdout, problems } = await carriedOut(command, args);
  return { status, stdout, stderr: problems.join('\n') };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('check says how many sentences there are and how large the graph is, and warns', async () => {
  const { status, stdout } = await grammar(
    'check',
    file('good.grammar', 'stop: stop\nhalt: stop\nname: zorphing'),
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /good\.grammar:1:1: warning: 'stop' \(stop \{\}\) sounds like 'stop' \(halt \{\}\), .*:2:1\n/,
  );
  expect(stdout).toMatch(
    /good\.grammar:3:7: warning: 'zorphing' is in no dictionary.*"say zorphing: Z AO R F IH NG"/,
  );
  expect(stdout).toMatch(/3 intents, 3 sentences before slots, 3 with their values; graph \d+ bytes/);
});

test('check names the line and column of an error and exits with 1', async () => {
  const path = file('bad.grammar', 'stop: stop\nturnOn: turn on {rom}');
  const { status, stderr } = await grammar('check', path);
  expect(status).toBe(1);
  expect(stderr).toContain(`${path}:2:17: error: there is no list 'rom'`);
});

test('check refuses a grammar that is larger than the decoder has room for', async () => {
  let chance = 1;
  const letter = (letters: string): string => {
    chance = (chance * 48_271) % 0x7fffffff;
    return letters[chance % letters.length] as string;
  };
  const syllable = (): string => letter('bdfgklmnprstvz') + letter('aeiou');
  const names = Array.from({ length: 6000 }, () => Array.from({ length: 5 }, syllable).join(''));
  const text = `list name = ${names.join(' | ')}\ncall: call {name}`;
  const { status, stderr } = await grammar('check', file('large.grammar', text));
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /large\.grammar: error: the grammar is too large for the speaker: [\d,]+ (phone nodes, 24,576|states, 16,384) are the most/,
  );
});

test('and knows how much room that is', () => {
  const header = readFileSync(join(__dirname, '../../../firmware/natives/decoder/decoder.h'), 'utf8');
  const [, nodes] = /DECODER_MAX_NODES (\d+)/.exec(header) ?? [];
  const [, states] = /DECODER_MAX_STATES (\d+)/.exec(header) ?? [];
  expect(DECODER_ROOM).toEqual({ nodes: Number(nodes), states: Number(states) });
});

test('check ends soon where thousands of sentences are alike, and where slots run into each other', async () => {
  const alike = Array.from({ length: 3000 }, (_, i) => `intent${i}: turn on the light`).join('\n');
  const many = await grammar('check', file('alike.grammar', alike));
  expect(many.stdout.match(/sounds like/g)).toHaveLength(20);
  const twice = await grammar('check', file('twice.grammar', 'wait: {duration} {duration}'));
  expect(twice.stdout.match(/sounds like/g)).toHaveLength(1);
}, 60_000);

test.each([
  [
    'turnOn: turn on the light[s]',
    /:1:26: error: 'light\[s\]' would be more than one word.*\(light \| lights\)/,
  ],
  ['turnOn: turn(ed) on', /:1:13: error: 'turn\(ed\)' would be more than one word/],
  ['turnOn: switch on the {room}s\nlist room = hall', /'\{room\}s' would be more than one word/],
  ['turnOn: zx\u0302q', /:1:11: error: the character U\+0302, which cannot be seen by itself/],
])('%j is refused where it stands', async (text, message) => {
  const { status, stderr } = await grammar('check', file('odd.grammar', text));
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});

test('an accent may be one sign with its letter or two', async () => {
  const { status, stdout } = await grammar('check', file('cafe.grammar', 'a: cafe\u0301\nb: caf\u00e9'));
  expect(status).toBe(0);
  expect(stdout).toContain("'caf\u00e9' (a {}) sounds like 'caf\u00e9' (b {})");
});

test.each([
  [
    'language: en\nintents:\n  HassTurnOn:\n    data:\n      - sentences: ["turn on [the] {name}"]',
    /Home Assistant.*part turn =/,
  ],
  ['rooms: [kitchen]', /only Picovoice's form is read.*ends in \.grammar/],
])('YAML of another kind gets help with its own: %j', async (text, message) => {
  const { status, stderr } = await grammar('check', file('other.yaml', text));
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});

test('compile writes the graph', async () => {
  const output = join(folder, 'graph');
  expect((await grammar('compile', file('one.grammar', 'stop: stop'), '-o', output)).status).toBe(0);
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
])('%j is refused in one line, exit code 2', async (words, message) => {
  const { status, stdout, stderr } = await grammar(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trimEnd()).toMatch(message);
  expect(stderr.trimEnd()).not.toContain('\n');
});
