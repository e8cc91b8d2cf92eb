import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { run } from '../../cli/command';
import { tone, wavFile } from '../../sim/wav-files';

/** Where the bundled recording has the wake word, and talk without it, in seconds. */
const WORDS = [
  [1, 3.4],
  [7, 9.2],
  [18.6, 20.8],
  [25, 27.1],
] as const;
const TALK = [12.5, 17.5] as const;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-wake-score-'));
  for (const name of ['words', 'talk', 'woken']) mkdirSync(join(folder, name));
  for (const [index, [from, to]] of WORDS.entries()) put(join('words', `${index}.wav`), cut(from, to));
  put(join('words', 'silent.wav'), wavFile(new Array(24_000).fill(0)));
  put(join('talk', 'cat.wav'), cut(...TALK));
  put(join('woken', 'jarvis.wav'), cut(...WORDS[0]));
  put('noise.wav', wavFile(tone(300, 16_000, 160_000, 0.1)));
});

afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, name), bytes);
}

function cut(fromSeconds: number, toSeconds: number): Uint8Array {
  const samples = demoRecording().subarray(fromSeconds * 16_000, toSeconds * 16_000);
  return wavFile(Array.from(samples, (sample) => sample / 32_768));
}

function score(...words: string[]) {
  const { out, code, problems } = run(['wake:score', '--json', ...words]);
  expect({ code, problems }).toEqual({ code: 0, problems: [] });
  return { out, last: JSON.parse(out.trim().split('\n').at(-1) as string) };
}

/** The recordings at which the speaker wakes in replay. */
function wokenInReplay(set: string): string[] {
  let file = '';
  return run(['replay', '--json', join(folder, set)]).lines.flatMap((line) => {
    const event = JSON.parse(line) as { type: string; file?: string };
    if (event.type === 'recordingOpened') file = event.file ?? '';
    return event.type === 'wakeWordHeard' ? [basename(file)] : [];
  });
}

describe('npm run wake:score', () => {
  test('counts words missed and false wakes at the model’s cutoff, and the hours of what is no word', () => {
    const { last, out } = score(
      '--positives',
      join(folder, 'words'),
      '--negatives',
      join(folder, 'talk'),
      join(folder, 'woken'),
      'jarvis',
    );
    expect(Object.keys(last)).toEqual(['missRate', 'n', 'falsePerHour', 'hours', 'cutoff']);
    const manifest = JSON.parse(
      readFileSync(join(__dirname, '../../../../models/jarvis/model.json'), 'utf8'),
    );
    expect(last).toMatchObject({ missRate: 0.2, n: 5, cutoff: manifest.micro.probability_cutoff });
    expect(last.hours).toBeCloseTo((5 + 2.4) / 3600, 9);
    expect(last.falsePerHour).toBeCloseTo(1 / last.hours, 6);
    expect(out).toMatch(/… talk, 1 in 0.00 h +\| 0 /);
    expect(out).toMatch(/… woken, 1 in 0.00 h +\| 1 /);
  });

  test('plays the words in noise and in rooms, and then tells the misses in noise', () => {
    const noise = ['--noise', join(folder, 'noise.wav'), '--snr', '30,20', '--rooms'];
    const picture = join(folder, 'det.svg');
    const { last, out } = score('--positives', join(folder, 'words'), ...noise, '--det', picture, 'jarvis');
    expect(last).toMatchObject({ n: 10, falsePerHour: null, hours: 0 });
    for (const name of ['noise 30 dB', 'noise 20 dB', 'bedroom, 1 m', 'hall, 5 m'])
      expect(out).toContain(`missed, ${name}`);
    expect(readFileSync(picture, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  test('plays the words after talk as well, and counts wakes at the words alone', () => {
    const sets = ['--positives', join(folder, 'words'), '--talk', join(folder, 'woken')];
    const { last, out } = score(...sets, '--noise', join(folder, 'noise.wav'), '--snr', '30', 'jarvis');
    expect(last.n).toBe(5); // what is said in noise
    for (const name of ['after talk, clean', 'after talk, noise 30 dB'])
      expect(out).toMatch(new RegExp(`missed, ${name} +\\| .* of 5 `));
    expect(out).toMatch(/missed, after talk, clean +\| 20\.0 %/); // woken by the talk, but not by silence
  });

  test('puts models side by side, one JSON line for each', () => {
    const { out } = score('--positives', join(folder, 'words'), 'jarvis', 'models/jarvis/model.json');
    const [first, second] = out.trim().split('\n').slice(-2);
    expect(first).toEqual(second);
    expect(out.split('\n')[0]).toMatch(/^\| +\| jarvis +\| jarvis +\|$/);
  });

  test('names what was missed and what woke it', () => {
    const sets = ['--positives', join(folder, 'words'), '--negatives', join(folder, 'woken')];
    const { out } = score('--details', ...sets, 'jarvis');
    expect(out).toContain('jarvis: missed in silent.wav');
    expect(out).toMatch(/jarvis: woken by jarvis\.wav at [12]\.\d\d s/);
  });

  test('wakes at the recordings at which the speaker wakes in replay', () => {
    expect(wokenInReplay('words')).toEqual(['0.wav', '1.wav', '2.wav', '3.wav']);
    expect(wokenInReplay('talk')).toEqual([]);
  });

  test('writes the scorecard of what ships: each word against all other recordings', () => {
    const data = join(folder, 'data');
    for (const name of ['wake-words/jarvis', 'wake-words/other', 'talk'])
      mkdirSync(join(data, name), { recursive: true });
    put(join('data', 'wake-words/jarvis/a.wav'), cut(...WORDS[0]));
    put(join('data', 'wake-words/other/b.wav'), cut(...TALK));
    put(join('data', 'talk/c.wav'), cut(...TALK));
    const { out, code } = run(['wake:score', '--scorecard', '--data', data]);
    expect(code).toBe(0);
    const [, jarvis = ''] = out.split('## jarvis');
    expect(jarvis).toMatch(/missed, clean +\| 0\.0 % .*, 0 of 1 /);
    expect(jarvis).toMatch(/missed, hall, 5 m +\|/);
    expect(jarvis).toMatch(/false wakes an hour +\| 0\.00 .*, 0 in 0\.00 h/);
    expect(jarvis).toMatch(/… other, 1 in/);
  });

  test.each([
    [['--positives', 'words'], /no model given/],
    [['jarvis'], /no recordings given/],
    [['--positives', 'words', 'nobody'], /no model 'nobody': there is .*jarvis,/],
    [['--positives', 'nowhere', 'jarvis'], /nowhere: not there/],
    [['--positives', 'words', '--snr', '0x', 'jarvis'], /--snr '0x': numbers/],
    [['--positives', 'words', '--noise', 'words/1.wav', 'jarvis'], /words\/1\.wav: the noise has/],
    [['--scorecard', '--data', 'nowhere'], /nowhere: not there/],
  ])('%j is refused in one line, exit code 2', (words, message) => {
    const there = words.map((word) => (/^(words|nowhere)/.test(word) ? join(folder, word) : word));
    const { code, problems } = run(['wake:score', ...there]);
    expect({ code, count: problems.length }).toEqual({ code: 2, count: 1 });
    expect(problems[0]).toMatch(message);
  });
});

describe('npm run wake:look', () => {
  test.each([
    [[], 'clean'],
    [['--talk', 'woken'], 'after talk, clean'],
  ])('with %j counts the looks at the words alone', (talk, condition) => {
    const sets = ['--positives', 'words', '--negatives', 'talk', ...talk];
    const paths = sets.map((word) => (word.startsWith('-') ? word : join(folder, word)));
    const { out, code, problems } = run(['wake:look', ...paths, '--json', 'jarvis']);
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(out).toContain(`5 recordings of the word (${condition})`);
    const { n, suggested } = JSON.parse(out.trim().split('\n').at(-1) as string);
    expect(n).toBe(5);
    for (const point of suggested) expect(point).toMatchObject({ missed: 1, falseWakes: 0 }); // silent.wav
  });
});
