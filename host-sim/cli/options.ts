import { SETTINGS } from '../../firmware/core/settings';
import { SENSITIVITIES } from '../../firmware/core/wake-points';
import { BOARDS, boardNames, DEFAULT_BOARD } from '../packages/boards';
import { DEFAULT_WAKE_WORD } from '../packages/speaker-choice';
import { parseChannel } from '../sim/audio/channels';
import { brokerOf } from '../sim/mqtt/broker';
import type { Judge } from '../sim/wasm/wasm-ear';
import { Option } from './command';
import { blaming, Problem } from './problem';

/** What decides how the speaker hears; the same for all commands that have one. */
export const wakeOption = new Option(
  '--wake <name>',
  `wake word: a folder of models/ or a model.json; may be given several times (default: ${DEFAULT_WAKE_WORD})`,
).argParser(several);

export const grammarOption = new Option(
  '--grammar <file>',
  'the commands (default: models/home/home.grammar)',
);

export const phonesOption = new Option(
  '--phones <name>',
  'the phone model: a folder of models/, or the path of a model.json (default: phones)',
);

export const resourcesOption = new Option(
  '--resources <file>',
  'hears with a file as it is flashed, build/resources.bin, in place of --wake, --grammar and --phones',
).conflicts(['wake', 'grammar', 'phones']);

export const sensitivityOption = new Option(
  '--sensitivity <name>',
  `${SETTINGS.sensitivity.help}; near misses tell which would suit`,
)
  .choices(SENSITIVITIES)
  .argParser(oneOf('sensitivity', SENSITIVITIES))
  .default(SETTINGS.sensitivity.factory);

export const boardOption = new Option(
  '--board <name>',
  `a folder of boards/: ${boardNames(BOARDS).join(', ')}`,
).default(DEFAULT_BOARD);

export const channelOption = new Option(
  '--channel <choice>',
  'what is heard of a recording with several channels: the number of one, from 1 on, mix, or loudest',
)
  .argParser((text) => blaming('--channel', () => parseChannel(text)))
  .default('mix' as const);

export const mqttOption = new Option(
  '--mqtt <broker>',
  'the home behind a broker, mqtt[s]://[user:password@]host[:port]; without it, one where everything succeeds',
).argParser(brokerOf);

export const mapOption = new Option(
  '--map <file>',
  'what is sent there for what was said, as models/home/maps has some; without it, Home Assistant alone is told',
);

export const mqttCaOption = new Option(
  '--mqtt-ca <file>',
  "the certificate, as PEM, that the broker's is signed with (default: those that Node trusts)",
);

/** Where `what` is served. */
export function portOption(what: string, usual: number) {
  return new Option('--port <number>', `where ${what} is served; 0 takes any that is free`)
    .argParser(wholeNumber('--port', { least: 0, most: 65_535, right: 'a port from 0 to 65535' }))
    .default(usual);
}

/** What a `<model>` is. */
export const WAKE_MODEL = 'a folder of models/ or a manifest';

export const jsonOption = new Option('--json', 'one event a line, for tools');
export const framesOption = new Option('--frames', 'every picture of the ring too');

/** For `argParser`: what is given several times, in order. */
export function several(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** For `argParser`: one of these names. */
export function oneOf<const T extends string>(what: string, names: readonly T[]): (text: string) => T {
  return (text) => {
    const known = names.find((name) => name === text);
    if (known === undefined) throw new Problem(`no ${what} '${text}': there is ${names.join(', ')}`);
    return known;
  };
}

interface NumberRange {
  readonly least: number;
  readonly most: number;
  /** In words, such as `a number of seconds from 0 to 60`. */
  readonly right: string;
}

/** For `argParser`: a number of this option. */
export function number(option: string, { least, most, right }: NumberRange): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new Problem(`${option} '${text}': ${right} would be right`);
  };
}

/** For `argParser`: a whole number of this option. */
export function wholeNumber(option: string, range: NumberRange): (text: string) => number {
  const read = number(option, range);
  return (text) => {
    const value = read(text);
    if (Number.isInteger(value)) return value;
    throw new Problem(`${option} '${text}': ${range.right} would be right`);
  };
}

/** For `argParser`: distances of noise in dB, parted by commas. */
export function levels(text: string): readonly number[] {
  return text.split(',').map((level) => {
    const value = Number(level);
    if (level.trim() !== '' && Math.abs(value) <= 60) return value;
    throw new Problem(`--snr '${level}': numbers from -60 to 60, parted by commas, would be right`);
  });
}

/** For `argParser`: what decides whether a sentence is accepted. */
export function judge(text: string): Judge {
  const numbers = text.split(',').map(Number);
  const [allowedNats = -1, worstNats = -1, accepted = -1, careful = -1, doubted = -1, anythingNats = -1] =
    numbers;
  const judge = { allowedNats, worstNats, accepted, careful, doubted, anythingNats };
  if (numbers.length === 6 && Object.values(judge).every((limit) => limit >= 0)) return judge;
  throw new Problem(`--judge '${text}': six numbers, parted by commas, would be right`);
}
