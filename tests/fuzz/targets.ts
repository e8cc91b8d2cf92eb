/** What is fed with inputs that are wrong, and what it may throw then. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dictionary } from 'cmu-pronouncing-dictionary';
import { Agenda } from '../../firmware/core/agenda';
import type { HomeMap } from '../../firmware/core/home-map';
import { initialState } from '../../firmware/core/state';
import { MqttHome } from '../../firmware/home/mqtt-home';
import { publishPacket } from '../../firmware/mqtt/packets';
import type { SocketEvents } from '../../firmware/mqtt/socket';
import { Problem } from '../../host-sim/cli/problem';
import { compileGrammar } from '../../host-sim/grammar/compile';
import { GrammarError } from '../../host-sim/grammar/problem';
import { checkBoard } from '../../host-sim/packages/boards';
import { loadPhones, loadWakeWord } from '../../host-sim/packages/models';
import { readRecording } from '../../host-sim/sim/audio/any-recording';
import { AudioError } from '../../host-sim/sim/audio/sound';
import { parseExpectations } from '../../host-sim/tools/replay/expect/expectations';
import { LAYOUTS } from '../fixtures/recordings/layouts';

type ErrorClass = abstract new (...words: never[]) => Error;

export interface Target {
  /** How many of a hundred inputs are for it: more where they are quick, or come from strangers. */
  readonly share: number;
  readonly seeds: readonly Uint8Array[];
  /** What belongs into inputs of this kind. */
  readonly words: readonly string[];
  /** The errors that its documentation names. */
  readonly refusals: readonly ErrorClass[];
  readonly run: (input: Uint8Array) => unknown;
}

const ROOT = process.cwd();

function filesIn(folder: string, ending: RegExp): Uint8Array[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => readFileSync(join(ROOT, folder, name)));
}

const RECORDINGS = 'tests/fixtures/recordings';
const ownRecordings = new Set(
  LAYOUTS.filter(({ file, foreign }) => foreign === undefined && !file.endsWith('.opus')).map(
    ({ file }) => file,
  ),
);

const audio: Target = {
  share: 35,
  seeds: [...ownRecordings].sort().map((file) => readFileSync(join(ROOT, RECORDINGS, file))),
  words: [
    'RIFF',
    'RF64',
    'BW64',
    'WAVE',
    'fmt ',
    'data',
    'ds64',
    'LIST',
    'fLaC',
    'OggS',
    'ID3',
    'TAG',
    '\xff\xf8',
    '\xff\xf9\x10',
  ],
  refusals: [AudioError],
  run: (input) => readRecording(input, 'mix'),
};

const opus: Target = {
  share: 1,
  seeds: filesIn(RECORDINGS, /\.opus$/),
  words: ['OggS', 'OpusHead', 'OpusTags', '\x04', '\xff'],
  refusals: [AudioError],
  run: (input) => readRecording(input),
};

const textOf = (input: Uint8Array): string => Buffer.from(input).toString('utf8');

const SMALL_GRAMMAR = `
list room = kitchen | living room | (lounge | sitting room) => living room
turnOn: (turn | switch) on [the] {room} (light | lights) => device=light
setTimer: (set | start) a timer for {duration}
`;

const SMALL_YAML = `
context:
  expressions:
    turnOn:
      - "@turn on [the] $room:room (light, lights)"
  slots:
    room:
      - kitchen
      - living room
  macros:
    turn:
      - turn
      - switch
`;

const grammar: Target = {
  share: 2,
  seeds: [
    ...filesIn('models/home', /\.grammar$/),
    ...filesIn('tests/fixtures', /\.grammar$/),
    Buffer.from(SMALL_GRAMMAR),
  ],
  words: [
    '{duration}',
    '{room}',
    '[',
    ']',
    '(',
    ')',
    '|',
    '=>',
    ':',
    '"',
    'list ',
    'part ',
    'import ',
    '\n',
    ' ',
    '# ',
    '{percent}',
    '{time}',
    '+',
    '=',
    'é',
    'e\u0301',
    '\u200b',
  ],
  refusals: [GrammarError, RangeError],
  run: (input) => compileGrammar({ file: 'fuzz.grammar', text: textOf(input) }, dictionary),
};

const yaml: Target = {
  share: 4,
  seeds: [Buffer.from(SMALL_YAML)],
  words: [
    'context:',
    'expressions:',
    'slots:',
    'macros:',
    '- ',
    '$room:room',
    '@turn',
    '[',
    ']',
    '(',
    ')',
    ':',
    '\n',
    '  ',
    '&a',
    '*a',
    '"',
    '$pv.TwoDigitInteger:n',
  ],
  refusals: [GrammarError, RangeError],
  run: (input) => compileGrammar({ file: 'fuzz.yaml', text: textOf(input) }, dictionary),
};

const expectations: Target = {
  share: 25,
  seeds: [
    ...filesIn('tests/fixtures', /expected\.jsonl?$/),
    Buffer.from('{"none": "wakeWordHeard"}\n{"only": ["perform"], "file": "a.wav"}\n'),
  ],
  words: [
    '{"type": "wakeWordHeard"}',
    '"atMs": ',
    '"only": ',
    '"none": ',
    '"file": ',
    '[',
    ']',
    '{',
    '}',
    ',',
    'null',
    '1e999',
    '-0',
    '\n',
    '> ',
    '"__proto__": ',
  ],
  refusals: [Problem],
  run: (input) => parseExpectations(textOf(input), 'fuzz.json'),
};

const JSON_WORDS = [
  '"model": ',
  '"micro": ',
  '"earshot": ',
  '"config": ',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'true',
  '-1',
  '1e999',
  '""',
  '"x"',
  '"__proto__": {}',
];

const models: Target = {
  share: 3,
  seeds: filesIn('models', /^[^/]+\/model\.json$/),
  words: JSON_WORDS,
  refusals: [Problem],
  run: (input) =>
    inFolder(input, (path) => (textOf(input).includes('phones') ? loadPhones : loadWakeWord)(path, 'models')),
};

const boards: Target = {
  share: 20,
  seeds: filesIn('boards', /^[^/]+\/manifest\.json$/),
  words: JSON_WORDS,
  refusals: [Problem, SyntaxError],
  run: (input) => {
    const manifest: unknown = JSON.parse(textOf(input));
    return checkBoard((manifest as { config?: { board?: unknown } } | null)?.config?.board, 'manifest.json');
  },
};

const HOUSE: HomeMap = {
  actions: [{ for: 'turnOn', topic: 'z/set', send: 'ON' }],
  states: [{ about: {}, topic: 'z', field: 'state', on: 'ON', off: 'OFF' }],
};
const FROM_BROKER = [
  publishPacket({ topic: 'z', text: '{"state":"ON","color":{"x":0.3}}' }),
  publishPacket({ topic: 'z', text: '{"state":"OFF"}', isRetained: true }),
  publishPacket({ topic: 'earshot/1/set/volume', text: '30' }),
  publishPacket({ topic: 'earshot/1/answer', text: '{"ok":true,"state":"21 degrees"}' }),
  publishPacket({ topic: 'homeassistant/status', text: 'online' }),
  Uint8Array.of(0x40, 2, 0, 2),
  Uint8Array.of(0xd0, 0),
];

/** What comes after a broker has let the speaker in, and is still to come when a wish is on its way. */
const broker: Target = {
  share: 10,
  seeds: FROM_BROKER,
  words: ['\x20\x02\x00\x00', '\x30', '\x40\x02', '{"state":', '"ON"', '\x00\x01z', 'earshot/1/set/', '\xff'],
  refusals: [],
  run: (input) => {
    let events: SocketEvents | undefined;
    const agenda = new Agenda();
    const ended: number[] = [];
    const home = new MqttHome({
      agenda,
      map: HOUSE,
      identity: { id: '1', name: 'Earshot', model: '', version: '' },
      onDone: (id) => ended.push(id),
      speaker: { state: () => initialState(), change: () => {}, tell: () => {} },
      open: (opened) => {
        events = opened;
        return { write: () => true, close: () => {} };
      },
    });
    events?.onOpen();
    events?.onBytes(Uint8Array.of(0x20, 2, 0, 0));
    home.perform({ id: 1, intent: 'turnOn', slots: {} });
    events?.onBytes(input);
    agenda.advance(5_000);
    if (ended.join() !== '1') throw new Error(`a wish ended ${ended.length} times`);
  },
};

export const TARGETS: Readonly<Record<string, Target>> = {
  broker,
  audio,
  opus,
  grammar,
  yaml,
  expectations,
  models,
  boards,
};

/** Manifests are read from the disk. */
function inFolder<T>(input: Uint8Array, read: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-fuzz-'));
  try {
    const path = join(folder, 'model.json');
    writeFileSync(path, input);
    return read(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
