import { join } from 'node:path';
import { type AnyCommand, carryOut } from '../../../host-sim/cli/command';
import { command as listenCommand } from '../../../host-sim/cli/commands/listen';
import { command as replayCommand } from '../../../host-sim/cli/commands/replay';
import { prepare, command as scoreCommand } from '../../../host-sim/cli/commands/wake-score';
import { listen } from '../../../host-sim/tools/replay/listen';
import { replay } from '../../../host-sim/tools/replay/replay';
import { wakeScore } from '../../../host-sim/tools/score/wake';

// what is done is not the point here, but what is asked for
jest.mock('../../../host-sim/tools/replay/replay', () => ({ replay: jest.fn(() => 0) }));
jest.mock('../../../host-sim/tools/replay/listen', () => ({ listen: jest.fn(() => 0) }));
jest.mock('../../../host-sim/tools/score/wake', () => ({ wakeScore: jest.fn(() => 0) }));

const ROOT = join(__dirname, '../../..');

/** The options with which the work is called. */
async function asked(command: AnyCommand, work: unknown, argv: readonly string[]) {
  await carryOut(command, argv);
  return (work as jest.Mock).mock.calls.at(-1)?.[0];
}

const replayOf = (...argv: string[]) => asked(replayCommand, replay, argv);
const listenOf = (...argv: string[]) => asked(listenCommand, listen, argv);
const scoreOf = (...argv: string[]) => asked(scoreCommand, wakeScore, prepare(argv));

beforeEach(() => jest.clearAllMocks());

describe('the arguments of replay', () => {
  test('have defaults for all but the recordings', async () => {
    expect(await replayOf('a.wav', 'folder')).toEqual({
      paths: ['a.wav', 'folder'],
      wake: ['jarvis'],
      sensitivity: 'normal',
      board: 'esp32-s3-devkitc',
      mute: [],
      channel: 'mix',
      engine: 'node',
      silenceMs: 1500,
    });
  });

  test('may name several wake words and stretches of mute', async () => {
    const words = [
      '--wake',
      'jarvis',
      'a.wav',
      '--wake',
      'models/hey',
      '--mute',
      '1-2,3-4',
      '--silence',
      '0',
    ];
    expect(await replayOf(...words)).toMatchObject({
      wake: ['jarvis', 'models/hey'],
      mute: [
        { startMs: 1000, endMs: 2000 },
        { startMs: 3000, endMs: 4000 },
      ],
      silenceMs: 0,
    });
  });

  test('are those of this call alone', async () => {
    await replayOf('a.wav', '--wake', 'computer', '--json');
    expect(await replayOf('b.wav', '--wake', 'snowboy')).toMatchObject({ wake: ['snowboy'] });
    expect(await replayOf('b.wav')).not.toHaveProperty('json');
  });

  test.each([['--help'], ['-h'], ['a.wav', '--help']])('ask for help with %j', async (...argv) => {
    const print = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await carryOut(replayCommand, argv);
    const printed = print.mock.calls.join('');
    print.mockRestore();
    expect(printed).toMatch(/^Usage: earshot replay \[options\] \[recordings\.\.\.\]\n/);
    expect(replay).not.toHaveBeenCalled();
  });

  test.each([
    [[], /no recording given: name files or folders, or --demo/],
    [
      ['a.wav', '--loud'],
      /'--loud'.*the options are --wake --grammar --phones --resources --sensitivity --board/,
    ],
    [['a.wav', '--jsn'], /unknown option '--jsn'; did you mean --json\? The options are --wake/],
    [['a.wav', '--wake'], /'--wake <name>' argument missing/],
    [['a.wav', '--json=yes'], /'--json' does not take an argument/],
    [['a.wav', '--engine', 'v8'], /no engine 'v8': there is node, xs/],
    [['a.wav', '--sensitivity', 'loud'], /no sensitivity 'loud': there is low, normal, high/],
    [
      ['a.wav', '--mute', '6-2'],
      /--mute: '6-2' is no stretch of time: write START-END in seconds, like 2\.5-6/,
    ],
    [['a.wav', '--silence', 'long'], /--silence 'long': a number of seconds from 0 to 60/],
    [['a.wav', '--silence', '61'], /--silence '61': a number of seconds from 0 to 60/],
    [['a.wav', '--silence', '-3'], /--silence: a value that begins with - is written --silence=VALUE/],
    [['a.wav', '--silence', ''], /--silence '': a number of seconds/],
    [['a.wav', '--wake', '--json'], /--wake: a value that begins with - is written --wake=VALUE/],
  ])('%j are refused with what would be right', async (argv, message) => {
    await expect(replayOf(...argv)).rejects.toThrow(
      expect.objectContaining({ name: 'Problem', message: expect.stringMatching(message) }),
    );
    expect(replay).not.toHaveBeenCalled();
  });
});

describe('the arguments of listen', () => {
  test('choose a speaker as those of replay do, and know no files', async () => {
    expect(await listenOf('--wake', 'x', '--json')).toEqual({
      wake: ['x'],
      sensitivity: 'normal',
      board: 'esp32-s3-devkitc',
      json: true,
    });
    await expect(listenOf('a.wav')).rejects.toThrow("listen takes no 'a.wav'; replay does");
    await expect(listenOf('--mute', '1-2')).rejects.toThrow(
      /The options are --wake --grammar --phones --sensitivity --board --mqtt --map --mqtt-ca --json --frames --device --help/,
    );
  });
});

describe('the arguments of wake:score', () => {
  const there = (...words: string[]) =>
    words.map((word) => (/^(tests|README)/.test(word) ? join(ROOT, word) : word));

  test('take any number of folders, and tell models from them', async () => {
    const negatives = ['--negatives', 'tests/firmware/core', 'tests/host-sim/sim/xs'];
    const words = [
      '--positives',
      'tests/host-sim/sim',
      ...negatives,
      '--noise',
      'README.md',
      '--json',
      'jarvis',
    ];
    expect(await scoreOf(...there(...words))).toMatchObject({
      models: ['jarvis'],
      positives: [join(ROOT, 'tests/host-sim/sim')],
      negatives: [join(ROOT, 'tests/firmware/core'), join(ROOT, 'tests/host-sim/sim/xs')],
      noises: [join(ROOT, 'README.md')],
      json: true,
      secondLook: true,
    });
    expect(
      await scoreOf('--negatives', ROOT, join(ROOT, 'models/jarvis'), 'pymicro:alexa', '--spotter-alone'),
    ).toMatchObject({
      negatives: [ROOT],
      models: [join(ROOT, 'models/jarvis'), 'pymicro:alexa'],
      secondLook: false,
    });
  });

  test.each([
    [['jarvis'], /no recordings given/],
    [['--positives', ROOT], /no model given/],
    [['--snr', '5,loud', '--positives', ROOT, 'jarvis'], /--snr 'loud': numbers from -60 to 60/],
  ])('%j are refused', async (words, message) => {
    await expect(scoreOf(...words)).rejects.toThrow(message);
  });
});
