import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../../host-sim/packages/root';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { inOneBreath } from '../../../../host-sim/tools/score/splice';
import { run } from '../../cli/command';
import { wavFile } from '../../sim/wav-files';

const RATE = 16_000;
const shared = join(ROOT, '../shared/data');
const testWithRecordings = existsSync(join(shared, 'home-commands')) ? test : test.skip; // real people: not in the repo
let folder: string;

/** Where the bundled recording has these, in seconds. */
const PIECES = {
  'wakes/jarvis': [0, 3.05],
  'commands/light': [3.3, 5],
  'commands/volume': [26.9, 29.6],
  'talk/cat': [13.5, 17.2],
} as const;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-breath-'));
  for (const name of ['wakes', 'commands', 'talk']) mkdirSync(join(folder, name));
  for (const [name, [from, to]] of Object.entries(PIECES)) {
    const samples = demoRecording().subarray(from * RATE, to * RATE);
    writeFileSync(join(folder, `${name}.wav`), wavFile(Array.from(samples, (sample) => sample / 32_768)));
  }
  writeFileSync(join(folder, 'commands/light.txt'), 'turn on the kitchen light\n');
  writeFileSync(join(folder, 'commands/volume.txt'), 'set the volume to thirty percent\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function breath(
  word: string,
  wakes: string,
  commands: string,
  ...more: string[]
): { n: number; lostWords: number } {
  const words = ['wake:breath', '--wake-words', wakes, '--commands', commands, '--json', ...more, word];
  const { out, code, problems } = run(words);
  expect({ code, problems }).toEqual({ code: 0, problems: [] });
  return JSON.parse(out.trim().split('\n').at(-1) as string);
}

test('two recordings in one breath lose the quiet between them and nothing else', () => {
  const tone = Int16Array.from({ length: RATE }, (_, i) =>
    i > 4000 && i < 12_000 ? 8000 * Math.sin(i) : i % 3,
  );
  const spliced = inOneBreath(tone, tone);
  const loud = spliced.reduce((count, sample) => count + (Math.abs(sample) > 100 ? 1 : 0), 0);
  expect(loud).toBe(2 * tone.filter((sample) => Math.abs(sample) > 100).length);
  expect(spliced.length).toBeLessThan(2 * RATE - 4000);
});

test('a command in one breath with the bundled wake word loses no word', () => {
  expect(breath('jarvis', join(folder, 'wakes'), join(folder, 'commands'))).toEqual({
    n: 2,
    rightAlone: 2,
    rightInOneBreath: 2,
    lostWords: 0,
  });
});

test('what does not wake is not counted as lost', () => {
  expect(breath('jarvis', join(folder, 'talk'), join(folder, 'commands'))).toMatchObject({
    n: 0,
    lostWords: 0,
  });
});

testWithRecordings(
  'real commands right after a real "jarvis" lose no word with a small grammar, where the recordings are there',
  () => {
    const grammar = join(ROOT, 'tests/fixtures/home-commands.grammar');
    const wakes = join(shared, 'wake-words/jarvis');
    const counts = breath('jarvis', wakes, join(shared, 'home-commands'), '--grammar', grammar);
    expect(counts.n).toBeGreaterThan(40);
    expect(counts.lostWords).toBe(0);
  },
  300_000,
);

testWithRecordings.each(['jarvis', 'computer', 'snowboy'])(
  'real commands right after a real "%s" lose no word, where the recordings are there',
  (word) => {
    const counts = breath(word, join(shared, 'wake-words', word), join(shared, 'home-commands'));
    expect(counts.n).toBeGreaterThan(40);
    expect(counts.lostWords).toBe(0);
  },
  300_000,
);
