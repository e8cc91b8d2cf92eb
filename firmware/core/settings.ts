import { frozen } from './frozen';
import { SENSITIVITIES } from './wake-points';
import { parseZone } from './zone';

interface Named {
  /** As it is typed, and the key under which it is kept. */
  readonly name: string;
  readonly help: string;
  /** How long a new value must have stood before it is kept: who turns a knob does not wear the flash with every step. */
  readonly settleMs: number;
  /** A home is not told of it and cannot change it: what is kept of people is for those who stand before the speaker. */
  readonly isPrivate?: true;
}

/** One of some words. */
interface Choice extends Named {
  readonly type: 'choice';
  readonly choices: readonly string[];
  readonly factory: string;
}

/** A whole number. */
interface Amount extends Named {
  readonly type: 'amount';
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  readonly factory: number;
}

interface OnOff extends Named {
  readonly type: 'onOff';
  readonly factory: boolean;
}

/** A time zone as a POSIX TZ string. */
interface ZoneText extends Named {
  readonly type: 'zone';
  readonly factory: string;
}

export type Setting = Choice | Amount | OnOff | ZoneText;

/** Whatever a person may choose about the speaker, by its field in the state. The state's type, what is typed at the serial
 * port, what is kept over a power cut and what a page or `--help` says all follow from here. */
export const SETTINGS = frozen({
  sensitivity: {
    name: 'sensitivity',
    type: 'choice',
    choices: SENSITIVITIES,
    factory: 'normal',
    help: 'how easily the wake words wake',
    settleMs: 0,
  },
  softMute: {
    name: 'softMute',
    type: 'onOff',
    factory: false,
    help: 'a mute beside the switch, which wins: what is muted by hand stays muted',
    settleMs: 0,
  },
  volumePercent: {
    name: 'volume',
    type: 'amount',
    least: 0,
    most: 100,
    unit: 'percent',
    factory: 50,
    help: 'how loud its sounds are',
    settleMs: 5_000,
  },
  voice: {
    name: 'voice',
    type: 'choice',
    choices: ['on', 'tones', 'off'],
    factory: 'on',
    help: 'answers by voice, by a tone, or by the ring alone',
    settleMs: 0,
  },
  listeningCue: {
    name: 'listeningCue',
    type: 'onOff',
    factory: false,
    help: 'a sound when it begins to listen, which the ring always shows',
    settleMs: 0,
  },
  retention: {
    name: 'retention',
    type: 'choice',
    choices: ['nothing', 'day', 'week', 'untilFull'],
    factory: 'week',
    help: 'how long the record keeps what was heard and done',
    settleMs: 0,
    isPrivate: true,
  },
  recordDetails: {
    name: 'recordDetails',
    type: 'onOff',
    factory: false,
    help: 'whether the record keeps rooms, times and names of a command, or only what kind it was',
    settleMs: 0,
    isPrivate: true,
  },
  alarmVolumePercent: {
    name: 'alarmVolume',
    type: 'amount',
    least: 10,
    most: 100,
    unit: 'percent',
    factory: 60,
    help: 'how loud alarms become, whatever the volume is',
    settleMs: 5_000,
  },
  snoozeMinutes: {
    name: 'snooze',
    type: 'amount',
    least: 1,
    most: 60,
    unit: 'minutes',
    factory: 9,
    help: 'how much later an alarm that was put off rings again',
    settleMs: 0,
  },
  zone: {
    name: 'zone',
    type: 'zone',
    factory: 'UTC0',
    help: 'where its clock is, summer time included',
    settleMs: 0,
  },
} as const satisfies Readonly<Record<string, Setting>>);

const ZONE_EXAMPLE = 'CET-1CEST,M3.5.0,M10.5.0/3';

type Table = typeof SETTINGS;
export type SettingField = keyof Table;
export type Settings = { readonly [Field in SettingField]: ValueOf<Table[Field]> };
type ValueOf<S extends Setting> = S extends Choice
  ? S['choices'][number]
  : S extends Amount
    ? number
    : S extends ZoneText
      ? string
      : boolean;
type Value = string | number | boolean;

export const SETTING_FIELDS: readonly SettingField[] = frozen(Object.keys(SETTINGS) as SettingField[]);

export const FACTORY_SETTINGS: Settings = frozen(
  Object.fromEntries(SETTING_FIELDS.map((field) => [field, SETTINGS[field].factory])) as unknown as Settings,
);

/** The value that a text stands for, or undefined when it is none of the setting's. */
export function settingOf(setting: Setting, text: string): Value | undefined {
  switch (setting.type) {
    case 'choice':
      return setting.choices.find((choice) => choice === text);
    case 'amount':
      return /^\d{1,4}$/.test(text) && isWithin(setting, Number(text)) ? Number(text) : undefined;
    case 'onOff':
      return text === 'on' || text === 'off' ? text === 'on' : undefined;
    case 'zone':
      return parseZone(text) && text;
  }
}

/** A value as it is typed and kept. */
export function settingText(value: Value): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** Undefined when the text is a value of the setting, else what is wrong with it and what would be right. */
export function settingProblem(setting: Setting, text: string): string | undefined {
  if (settingOf(setting, text) !== undefined) return undefined;
  return `${setting.name} '${text}': ${rightFor(setting)} would be right`;
}

/** What a setting takes: in words, as messages have it. */
export function rightFor(setting: Setting): string {
  if (setting.type === 'amount') return `${setting.least} to ${setting.most} ${setting.unit}`;
  if (setting.type === 'zone') return `a POSIX TZ string such as ${ZONE_EXAMPLE}`;
  return wordsOf(setting).join(', ');
}

/** What a setting takes: in short, as `--help` has it. */
export function settingUsage(setting: Setting): string {
  if (setting.type === 'zone') return 'POSIX-TZ';
  return setting.type === 'amount' ? `${setting.least}-${setting.most}` : wordsOf(setting).join('|');
}

function wordsOf(setting: Choice | OnOff): readonly string[] {
  return setting.type === 'choice' ? setting.choices : ['on', 'off'];
}

function isWithin({ least, most }: Amount, value: number): boolean {
  return value >= least && value <= most;
}
