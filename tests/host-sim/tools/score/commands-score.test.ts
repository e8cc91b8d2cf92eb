import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { run } from '../../cli/command';
import { wavFile } from '../../sim/wav-files';

/** Where the bundled recording has commands, and talk that is none, in seconds. */
const COMMANDS = [
  { from: 3.3, to: 5, words: 'turn on the kitchen light' },
  { from: 26.9, to: 29.6, words: 'set the volume to thirty percent' },
  { from: 36.2, to: 37.4, words: 'stop' },
];
const TALK = { from: 13.5, to: 17.2 };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-score-'));
  mkdirSync(join(folder, 'commands'));
  mkdirSync(join(folder, 'talk'));
  COMMANDS.forEach(({ from, to, words }, index) => {
    writeFileSync(join(folder, 'commands', `${index}.wav`), cut(from, to));
    writeFileSync(join(folder, 'commands', `${index}.txt`), `${words}\n`);
  });
  writeFileSync(join(folder, 'talk', 'cat.wav'), cut(TALK.from, TALK.to));
});

afterAll(() => rmSync(folder, { recursive: true }));

function cut(fromSeconds: number, toSeconds: number): Uint8Array {
  const samples = demoRecording().subarray(fromSeconds * 16_000, toSeconds * 16_000);
  return wavFile(Array.from(samples, (sample) => sample / 32_768));
}

function score(...words: string[]) {
  const { out, code, problems } = run(['commands:score', '--json', ...words]);
  expect({ code, problems }).toEqual({ code: 0, problems: [] });
  return JSON.parse(out.trim().split('\n').at(-1) as string);
}

describe('npm run commands:score', () => {
  test('counts the commands that are understood, as their words beside them say', () => {
    const result = score(join(folder, 'commands'));
    expect(result).toEqual({ accuracy: 1, n: 3, rejected: 0, bySnr: {} });
  });

  test('compares intent and slots where labels give them, and counts what differs', () => {
    const labels = join(folder, 'labels.json');
    const light = { intent: 'turnOn', slots: { room: 'kitchen', device: 'light' } };
    const volume = { intent: 'setVolume', slots: { level: 31 } };
    writeFileSync(labels, JSON.stringify({ 0: light, 1: volume }));
    const result = score('--labels', labels, join(folder, 'commands'));
    expect(result).toMatchObject({ accuracy: 0.5, n: 2 });
  });

  test('leaves out what it cannot read, names it and says so by its exit code', () => {
    const mixed = join(folder, 'mixed');
    cpSync(join(folder, 'commands'), mixed, { recursive: true });
    writeFileSync(join(mixed, 'broken.wav'), 'no sound');
    const { out, code, problems } = run(['commands:score', '--json', mixed]);
    expect(JSON.parse(out.trim().split('\n').at(-1) as string)).toMatchObject({ accuracy: 1, n: 3 });
    expect(code).toBe(2);
    expect(problems).toEqual([expect.stringMatching(/broken\.wav: .*; left out$/)]);
  });

  test('hears the channel that it is told to', () => {
    const stereo = join(folder, 'stereo.wav');
    const { from, to } = COMMANDS[2] as (typeof COMMANDS)[2];
    const samples = Array.from(demoRecording().subarray(from * 16_000, to * 16_000), (each) => each / 32_768);
    writeFileSync(
      stereo,
      wavFile(
        samples.flatMap((sample) => [-sample, sample]),
        { channelCount: 2 },
      ),
    );
    writeFileSync(join(folder, 'stereo.txt'), 'stop');
    expect(score(stereo)).toMatchObject({ accuracy: 0 });
    expect(score('--channel', '2', stereo)).toMatchObject({ accuracy: 1 });
  });

  test('accepts no talk that is not for the speaker, and says so beside the commands', () => {
    const talk = ['--out-of-grammar', join(folder, 'talk')];
    expect(score(...talk)).toMatchObject({ n: 1, rejected: 1, outOfGrammar: { accepted: 0, n: 1 } });
    expect(score(...talk, join(folder, 'commands'))).toMatchObject({
      accuracy: 1,
      n: 3,
      outOfGrammar: { accepted: 0, n: 1 },
    });
  });

  test('counts a command that is none of the grammar as accepted talk', () => {
    const result = score('--out-of-grammar', join(folder, 'commands', '0.wav'));
    expect(result).toMatchObject({ accuracy: 0, rejected: 0, outOfGrammar: { accepted: 1, n: 1 } });
  });

  test('tells how often each slot was wrong, and what was taken for what', () => {
    const labels = join(folder, 'volume.json');
    writeFileSync(labels, JSON.stringify({ 1: { intent: 'setVolume', slots: { level: 31 } } }));
    const { out } = run(['commands:score', '--labels', labels, join(folder, 'commands')]);
    expect(out).toContain('wrong: level 1 of 1');
    expect(out).toContain('1 × level: “31” heard as “30”');
  });

  test('mixes noise in, at the levels that are asked for', () => {
    const noise = join(folder, 'noise.wav');
    writeFileSync(noise, wavFile(Array.from({ length: 80_000 }, (_, i) => 0.1 * Math.sin(i * i))));
    const { bySnr } = score('--noise', noise, '--snr', '24', join(folder, 'commands')) as { bySnr: object };
    expect(Object.keys(bySnr)).toEqual(['24']);
  });

  test.each([
    [['--snr', 'loud'], /--snr 'loud': numbers from -60 to 60, parted by commas, would be right/],
    [['--noise', 'nowhere.wav'], /nowhere.wav: not there; the path of a recording would be right/],
    [['--seconds', '0'], /--seconds '0': a number above 0 would be right/],
    [['--labels', 'nowhere.json'], /nowhere.json: not there; the path of a file of labels would be right/],
    [['--fast'], /unknown option '--fast'; the options are --grammar/],
  ])('%j is refused in one line, exit code 2', (words, message) => {
    const { code, problems } = run(['commands:score', ...words, join(folder, 'commands')]);
    expect({ code, count: problems.length }).toEqual({ code: 2, count: 1 });
    expect(problems[0]).toMatch(message);
  });
});
