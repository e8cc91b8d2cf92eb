import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDemo } from '../../../../host-sim/tools/replay/recordings/demo';
import { run } from '../../cli/command';
import { tone, wavFile } from '../../sim/wav-files';

let folder: string;

/** A quiet tone with a mute over it has the same events whatever the models think of it. */
const MUTE = ['--mute', '0.2-0.5'];
const EXPECTED = [
  { atMs: 200, type: 'muteChanged', muted: true },
  { atMs: 500, type: 'muteChanged', muted: false },
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-replay-'));
  put('tone.wav', wavFile(tone(440, 16_000, 16_000, 0.05)));
  put(
    'stereo.wav',
    wavFile(tone(440, 44_100, 44_100, 0.05), { sampleRate: 44_100, channelCount: 2, bits: 24 }),
  );
  put('empty.wav', Buffer.alloc(0));
  put('letter.wav', Buffer.from('Dear Jarvis, please turn on the lights.'));
  put('huge.wav', wavFile([], { claimedBytes: 0xf0000000 }));
  put('cut.wav', wavFile(tone(440, 16_000, 16_000, 0.05)).subarray(0, 20_001));
  put('expected.json', JSON.stringify(EXPECTED));
});

afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, bytes: Uint8Array | string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

const at = (name: string): string => join(folder, name);

describe('npm run replay', () => {
  test('shows a timeline with the speaker, the recording, its conversion and a summary', () => {
    const { code, out, problems } = run(['replay', at('stereo.wav'), ...MUTE]);
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(out).toMatch(/wake word jarvis .* board esp32-s3-devkitc, ring of 12/);
    expect(out).toMatch(
      /stereo\.wav\s+0\.5 s, resampled from 44100 Hz stereo \(WAV, 24-bit\) to 16 kHz mono/,
    );
    expect(out).toMatch(/▒ {2}0:00\.20 {2}mute on .*R{12}\n/);
    expect(out).toMatch(/0 wake words · 0 commands · 0 home actions · muted 0\.3 s · .* × real time/);
    expect(out).not.toContain('\x1b');
  });

  test('is in colour where colour is asked for', () => {
    expect(run(['replay', at('tone.wav'), ...MUTE], { FORCE_COLOR: '1' }).out).toContain(
      '\x1b[38;2;118;0;0m●',
    );
  });

  test('prints one event a line with --json, the ring with --frames', () => {
    const events = run(['replay', at('tone.wav'), ...MUTE, '--json']).lines.map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ type: 'recordingOpened', file: at('tone.wav'), durationMs: 1000 });
    expect(events).toEqual(expect.arrayContaining(EXPECTED.map((event) => expect.objectContaining(event))));
    expect(events.some(({ type }) => type === 'ringFrame')).toBe(false);
    expect(run(['replay', at('tone.wav'), '--json', '--frames', ...MUTE]).out).toMatch(
      /"type":"ringFrame",.*"rgb":"(..0000){12}"/,
    );
  });

  test('hears in the recording that comes with it what is said there, to the frame', () => {
    const { path, mute } = findDemo();
    const spans = mute.map(({ startMs, endMs }) => `${startMs / 1000}-${endMs / 1000}`).join();
    const expected = join(__dirname, '../../../fixtures/kitchen.expected.json');
    const { code, problems } = run(['replay', path, '--mute', spans, '--expect', expected]);
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
  });

  test('finds the words under the mute when the switch stays open, and says that it should not have', () => {
    const expected = join(__dirname, '../../../fixtures/kitchen.expected.json');
    const { code, problems } = run(['replay', findDemo().path, '--expect', expected]);
    expect(code).toBe(1);
    expect(problems.join('\n')).toMatch(/\+.*commandHeard.*whatTime/);
  });

  test('plays the recording that comes with it when it is started without more', () => {
    const { code, out, problems } = run(['replay', '--demo']);
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(out).toMatch(/wake word {2}jarvis/);
    expect(out).toMatch(/mute on/);
    expect(out).not.toMatch(/near miss|came close/); // nothing in it is nearly a wake word
  });

  test('says in one line each what is wrong with files, does the others still, and exits with 2', () => {
    const { code, out, problems } = run(['replay', folder, at('gone.wav')]);
    expect(code).toBe(2);
    expect(problems.sort()).toEqual([
      `earshot: ${at('cut.wav')}: its header says 32000 bytes of sound, but 19957 are there; replayed as far as it goes`,
      `earshot: ${at('empty.wav')}: the file is empty; a WAV, FLAC or Ogg/Opus recording would be right`,
      `earshot: ${at('gone.wav')}: not there; the path of a recording or of a folder of them would be right`,
      `earshot: ${at('huge.wav')}: a WAV file without a single sample (its header says 4026531840 bytes)`,
      `earshot: ${at('letter.wav')}: not a recording; WAV, FLAC or Ogg/Opus would be right`,
    ]);
    expect(out).toMatch(
      /3 recordings, .*\n.*wake word in +0 of 3 \(0\.0 %\), 0 in all\n.*near misses .*\n.*commands +0\n.*unreadable +5/,
    );
  });

  test('exits with 0 when the events are as expected', () => {
    expect(run(['replay', at('tone.wav'), ...MUTE, '--expect', at('expected.json'), '--json']).code).toBe(0);
  });

  test('exits with 1 and shows the difference when they are not', () => {
    const { code, problems } = run([
      'replay',
      at('tone.wav'),
      '--mute',
      '0.2-0.6',
      '--expect',
      at('expected.json'),
      '--json',
    ]);
    expect(code).toBe(1);
    expect(problems).toEqual([
      `earshot: ${at('tone.wav')} is not as expected (− missing, + unexpected)`,
      '    {"atMs":200,"type":"muteChanged","muted":true}',
      '  − {"atMs":500,"type":"muteChanged","muted":false}',
      '  + {"atMs":600,"type":"muteChanged","muted":false}',
    ]);
  });

  test('compares each of several recordings with what is expected of it by name', () => {
    const expected = ['tone.wav', 'stereo.wav'].flatMap((file) =>
      EXPECTED.map((event) => ({ ...event, file })),
    );
    put('several.jsonl', expected.map((event) => JSON.stringify(event)).join('\n'));
    const words = ['replay', at('tone.wav'), at('stereo.wav'), '--json', '--expect'];
    expect(run([...words, at('several.jsonl'), ...MUTE]).code).toBe(0);
    expect(run([...words, at('several.jsonl'), '--mute', '0.2-0.4']).problems).toHaveLength(2 * 4);
    expect(run([...words, at('expected.json'), ...MUTE]).problems).toEqual([
      expect.stringMatching(/needs a "file"/),
    ]);
    put('other.json', JSON.stringify([{ type: 'booted', file: 'other.wav' }]));
    expect(run([...words, at('other.json')]).problems).toEqual([
      expect.stringMatching(/"other\.wav".*not among/),
    ]);
  });

  test.each([
    [['replay', 'x.wav', '--loud'], /'--loud'.*the options are --wake --grammar/],
    [['replay', 'x.wav', '--wake', 'hal'], /no model 'hal': there is .*jarvis,/],
    [['replay', 'x.wav', '--board', 'pi'], /no board 'pi': there is .*esp32-s3-devkitc,/],
    [
      ['replay', 'x.wav', '--grammar', 'no.grammar'],
      /no\.grammar: not there; the path of a grammar would be right/,
    ],
    [
      ['replay', 'x.wav', '--expect', 'no.json'],
      /no\.json: not there; the path of a file of expected events would be right/,
    ],
    [['replay', 'x.wav', '--grammar', 'models'], /models: a folder; the path of a grammar would be right/],
    [['replay', 'x.wav', '--expect', 'models'], /models: a folder; the path of a file of expected events/],
    [
      ['replay', 'x.wav', '--wake', 'host-sim/tools/replay/recordings/kitchen.wav'],
      /kitchen\.wav: not JSON \([ -~…]+\); a model\.json would be right$/,
    ],
    [['lissen'], /'lissen' is no command: replay, listen, .* are; did you mean listen\?/],
  ])('%j is refused in one line with what would be right, exit code 2', (words, message) => {
    const { code, problems, out } = run(words);
    expect({ code, out, count: problems.length }).toEqual({ code: 2, out: '', count: 1 });
    expect(problems[0]).toMatch(message);
  });

  test.each(['replay', 'listen'])('tells about %s when it is asked', (verb) => {
    const { code, out } = run([verb, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`earshot ${verb} .*--wake <name>`, 's'));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});
