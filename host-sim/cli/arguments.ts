import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SETTINGS, settingUsage } from '../../firmware/core/settings';
import { SENSITIVITIES, type Sensitivity } from '../../firmware/core/wake-points';
import { DEFAULT_BOARD } from '../packages/boards';
import { type MuteSpan, parseMuteSpans } from '../sim/io/mute-spans';
import { blaming, Problem } from './problem';

export type EngineName = 'node' | 'xs';

/** What decides how the speaker hears; the same for replay and listen. */
export interface SpeakerChoice {
  readonly wake: readonly string[];
  readonly grammar: string | undefined;
  readonly board: string;
  /** Normal when nobody says. */
  readonly sensitivity?: Sensitivity;
}

export interface ReplayArguments extends SpeakerChoice {
  readonly paths: readonly string[];
  readonly demo: boolean;
  readonly mute: readonly MuteSpan[];
  readonly json: boolean;
  readonly frames: boolean;
  readonly realtime: boolean;
  readonly expect: string | undefined;
  readonly engine: EngineName;
  readonly silenceMs: number;
}

export interface ListenArguments extends SpeakerChoice {
  readonly json: boolean;
  readonly frames: boolean;
}

const SPEAKER_OPTIONS = {
  wake: { type: 'string', multiple: true },
  grammar: { type: 'string' },
  sensitivity: { type: 'string', default: SETTINGS.sensitivity.factory },
  board: { type: 'string', default: DEFAULT_BOARD },
  json: { type: 'boolean', default: false },
  frames: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const REPLAY_OPTIONS = {
  ...SPEAKER_OPTIONS,
  demo: { type: 'boolean', default: false },
  mute: { type: 'string' },
  realtime: { type: 'boolean', default: false },
  expect: { type: 'string' },
  engine: { type: 'string', default: 'node' },
  silence: { type: 'string', default: '1.5' },
} as const;

const RECORDINGS = {
  name: 'recording',
  hint: 'name files or folders, or --demo',
  least: 1,
  most: Number.POSITIVE_INFINITY,
};

export const DEFAULT_WAKE_WORD = 'jarvis';

const SPEAKER_HELP = `  --wake NAME        wake word: a folder of models/ or a model.json; may be given several times (${DEFAULT_WAKE_WORD})
  --grammar FILE     the commands (models/home/home.grammar)
  --sensitivity ${settingUsage(SETTINGS.sensitivity)}  ${SETTINGS.sensitivity.help} (${SETTINGS.sensitivity.factory}); near misses tell which would suit
  --board NAME       a folder of boards/ (${DEFAULT_BOARD})
  --json             one event a line, for tools
  --frames           every picture of the ring too`;

export const REPLAY_HELP = `npm run replay -- FILE|FOLDER… [options]

Plays recordings (WAV, FLAC, Ogg/Opus) to the speaker and shows what it heard, did and lit.

${SPEAKER_HELP}
  --mute 2.5-6,9-10  stretches of time, in seconds, with the mute switch closed
  --silence SECONDS  of silence after each recording, for what is said at its end (1.5)
  --realtime         as fast as it was spoken
  --expect FILE      compares with these events (JSON lines or array), times ± 10 ms; exit code 1 when they differ
  --engine node|xs   the JavaScript engine: Node's, or the chip's own (needs a C compiler)
  --demo             the recording that comes with Earshot

Exit code: 0 all well, 1 not as expected, 2 a file or an option is wrong.`;

export const LISTEN_HELP = `npm run listen -- [options]

Listens to this computer's microphone (through arecord, sox or ffmpeg) and shows what the speaker hears, does and
lights. Key m moves the mute switch, Ctrl-C ends.

${SPEAKER_HELP}`;

/** Undefined when help is wanted. Throws Problem. */
export function parseReplayArguments(argv: readonly string[]): ReplayArguments | undefined {
  const { values, positionals } = parse(argv, REPLAY_OPTIONS);
  if (values.help) return undefined;
  if (!values.demo) checkWords('replay', positionals, RECORDINGS);
  if (values.engine !== 'node' && values.engine !== 'xs')
    throw new Problem(`no engine '${values.engine}': there is node, xs`);
  return {
    ...speakerChoice(values),
    paths: positionals,
    demo: values.demo,
    mute: values.mute === undefined ? [] : blaming('--mute', () => parseMuteSpans(values.mute as string)),
    json: values.json,
    frames: values.frames,
    realtime: values.realtime,
    expect: values.expect,
    engine: values.engine,
    silenceMs: parseSilence(values.silence),
  };
}

/** Undefined when help is wanted. Throws Problem. */
export function parseListenArguments(argv: readonly string[]): ListenArguments | undefined {
  const { values, positionals } = parse(argv, SPEAKER_OPTIONS);
  if (values.help) return undefined;
  checkWords('listen', positionals, { name: 'recording', hint: 'replay does', least: 0, most: 0 });
  return { ...speakerChoice(values), json: values.json, frames: values.frames };
}

interface SpeakerValues {
  readonly wake?: string[] | undefined;
  readonly grammar?: string | undefined;
  readonly board: string;
  readonly sensitivity: string;
}

function speakerChoice({ wake, grammar, board, sensitivity }: SpeakerValues): SpeakerChoice {
  const known = SENSITIVITIES.find((name) => name === sensitivity);
  if (!known) throw new Problem(`no sensitivity '${sensitivity}': there is ${SENSITIVITIES.join(', ')}`);
  return { wake: wake ?? [DEFAULT_WAKE_WORD], grammar, board, sensitivity: known };
}

function parseSilence(text: string): number {
  const seconds = Number(text);
  if (!(text.trim() !== '' && seconds >= 0 && seconds <= 60)) {
    throw new Problem(`--silence '${text}': a number of seconds from 0 to 60 would be right`);
  }
  return Math.round(seconds * 1000);
}

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and what stands between them. Throws Problem, naming the options that there are. */
export function parse<const T extends Options>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const first = (error as Error).message.split(/\. |\.?\n/)[0] as string;
    const [, option] = /^Option '(?:-\w, )?(--[\w-]+)\b.* ambiguous/.exec(first) ?? [];
    if (option !== undefined)
      throw new Problem(`${option}: a value that begins with - is written ${option}=VALUE`);
    const names = Object.keys(options).map((name) => `--${name}`);
    throw new Problem(`${first}; the options are ${names.join(' ')}`);
  }
}

/** What stands between the options of a command. */
export interface Words {
  /** What one of them is, such as `model`. */
  readonly name: string;
  /** What would be right where there are too few, or too many. */
  readonly hint: string;
  readonly least: number;
  readonly most: number;
}

const NO_WORDS: Words = { name: '', hint: '--help tells more', least: 0, most: 0 };

/** @throws Problem when there are more or fewer than the command takes */
export function checkWords(command: string, given: readonly string[], words = NO_WORDS): void {
  const { name, hint, least, most } = words;
  const tooMany = given[most];
  if (tooMany !== undefined && most === 0) throw new Problem(`${command} takes no '${tooMany}'; ${hint}`);
  if (tooMany !== undefined) throw new Problem(`${command} takes one ${name}, '${tooMany}' is one too many`);
  if (given.length < least) throw new Problem(`no ${name} given: ${hint} (--help tells more)`);
}
