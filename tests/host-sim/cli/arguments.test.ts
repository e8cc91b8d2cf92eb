import { parseListenArguments, parseReplayArguments } from '../../../host-sim/cli/arguments';

describe('the arguments of replay', () => {
  test('have defaults for all but the recordings', () => {
    expect(parseReplayArguments(['a.wav', 'folder'])).toEqual({
      paths: ['a.wav', 'folder'],
      wake: ['jarvis'],
      grammar: undefined,
      sensitivity: 'normal',
      board: 'esp32-s3-devkitc',
      demo: false,
      mute: [],
      json: false,
      frames: false,
      realtime: false,
      expect: undefined,
      engine: 'node',
      silenceMs: 1500,
    });
  });

  test('may name several wake words and stretches of mute', () => {
    const parsed = parseReplayArguments([
      '--wake',
      'jarvis',
      'a.wav',
      '--wake',
      'models/hey',
      '--mute',
      '1-2,3-4',
      '--silence',
      '0',
    ]);
    expect(parsed?.wake).toEqual(['jarvis', 'models/hey']);
    expect(parsed?.mute).toHaveLength(2);
    expect(parsed?.silenceMs).toBe(0);
  });

  test.each([['--help'], ['-h'], ['a.wav', '--help']])('ask for help with %j', (...argv) => {
    expect(parseReplayArguments(argv)).toBeUndefined();
  });

  test.each([
    [[], /no recording given: name files or folders, or --demo/],
    [['a.wav', '--loud'], /'--loud'.*the options are --wake --grammar --sensitivity --board/],
    [['a.wav', '--wake'], /'--wake <value>' argument missing/],
    [['a.wav', '--json=yes'], /'--json' does not take an argument/],
    [['a.wav', '--engine', 'v8'], /no engine 'v8': there is node, xs/],
    [
      ['a.wav', '--mute', '6-2'],
      /--mute: '6-2' is no stretch of time: write START-END in seconds, like 2\.5-6/,
    ],
    [['a.wav', '--silence', 'long'], /--silence 'long': a number of seconds from 0 to 60/],
    [['a.wav', '--silence', '-3'], /--silence: a value that begins with - is written --silence=VALUE/],
    [['a.wav', '--silence', ''], /--silence '': a number of seconds/],
  ])('%j are refused with what would be right', (argv, message) => {
    expect(() => parseReplayArguments(argv)).toThrow(
      expect.objectContaining({ name: 'Problem', message: expect.stringMatching(message) }),
    );
  });
});

describe('the arguments of listen', () => {
  test('choose a speaker as those of replay do, and know no files', () => {
    expect(parseListenArguments(['--wake', 'x', '--json'])).toMatchObject({
      wake: ['x'],
      json: true,
      frames: false,
    });
    expect(() => parseListenArguments(['a.wav'])).toThrow("listen takes no 'a.wav'; replay does");
    expect(() => parseListenArguments(['--mute', '1-2'])).toThrow(
      /the options are --wake --grammar --sensitivity --board --json --frames --help/,
    );
  });
});
