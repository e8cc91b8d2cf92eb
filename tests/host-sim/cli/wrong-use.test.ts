import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusalOf } from '../../../host-sim/cli/files';
import { tone, wavFile } from '../sim/wav-files';
import { run } from './command';

const ROOT = join(__dirname, '../../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-wrong-'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'tone.wav'), wavFile(tone(440, 16_000, 16_000, 0.05)));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** TONE stands for a recording, EMPTY for a folder without one. */
const real = (word: string): string =>
  ({ TONE: join(folder, 'tone.wav'), EMPTY: join(folder, 'empty') })[word] ?? word;

const BREATH = ['wake:breath', 'jarvis', '--wake-words', 'TONE', '--commands'];
const LOOK = ['wake:look', 'jarvis', '--positives', 'TONE', '--negatives'];

test.each([
  [['wake:look'], /no model given: name a folder of models\/ or a manifest \(--help tells more\)/],
  [['wake:breath'], /no model given: name a folder of models\/ or a manifest \(--help tells more\)/],
  [['wake:score'], /no model given: name a folder of models\/ or a manifest \(--help tells more\)/],
  [['wake:look', 'jarvis', 'computer'], /wake:look takes one model, 'computer' is one too many/],
  [['wake:look', 'jarvis', '--positives', 'TONE'], /--negatives is missing \(--help tells more\)/],
  [['wake:breath', 'jarvis', '--wake-words', 'TONE'], /--commands is missing \(--help tells more\)/],
  [[...BREATH, 'EMPTY'], /empty: no recordings in this folder/],
  [
    [...BREATH, 'TONE'],
    /tone\.wav, like all others, has no label: a \.txt with its words beside it would be right/,
  ],
  [[...LOOK, 'nowhere'], /nowhere: not there; the path of a recording or of a folder of them/],
  [[...LOOK, 'TONE', '--snr', 'x'], /--snr 'x': numbers from -60 to 60/],
  [[...LOOK, 'TONE', '--snr', '-5'], /--snr: a value that begins with - is written --snr=VALUE/],
  [
    ['wake:score', 'jarvis', '--positives', 'TONE', '--noise', 'models'],
    /models: a folder; the path of a rec/,
  ],
  [
    ['wake:score', 'jarvis', '--positives', 'TONE', '--det', 'nowhere/det.svg'],
    /nowhere\/det\.svg: not there; a file in a folder that is there would be right/,
  ],
  [['grammar'], /no verb given: check or compile or said or examples \(--help tells more\)/],
  [['bench', 'fast'], /bench takes no 'fast'; --help tells more/],
  [['soak', '--hours', '0'], /--hours '0': a whole number from 1 to 1000 would be right/],
  [['soak', '--hours', 'x'], /--hours 'x': a whole number from 1 to 1000 would be right/],
  [['soak', '--bits', '16'], /--bits '16': 32 or 64 would be right/],
  [['soak', '48'], /soak takes no '48'; --help tells more/],
])('%j is refused in one line, exit code 2', (words, message) => {
  const { code, problems, out } = run(words.map(real));
  expect({ code, out, count: problems.length }).toEqual({ code: 2, out: '', count: 1 });
  expect(problems[0]).toMatch(message);
});

const VERBS = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts).filter(
  (name) => existsSync(join(ROOT, 'host-sim/cli/commands', `${name.replace(':', '-')}.ts`)),
);

test('every command that is declared is one of npm run', () => {
  expect(VERBS.map((name) => `${name.replace(':', '-')}.ts`).sort()).toEqual(
    readdirSync(join(ROOT, 'host-sim/cli/commands')).sort(),
  );
});

test.each(VERBS)('%s tells about itself when it is asked', (verb) => {
  const { code, out, problems } = run([verb, '--help']);
  expect({ code, problems }).toEqual({ code: 0, problems: [] });
  expect(out).toMatch(new RegExp(`^Usage: earshot ${verb} `));
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('a file that this user may not open is told apart from one that is not there, and from defects', () => {
  const refused = (code: string) => refusalOf(Object.assign(new Error(), { code }));
  expect(refused('EACCES')).toBe('this user may not open it');
  expect(refused('ENOENT')).toBe('not there');
  expect(refused('ERR_ASSERTION')).toBeUndefined();
  expect(refusalOf(new Error('ours'))).toBeUndefined();
});
