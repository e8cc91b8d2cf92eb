import { keptOf } from './kept';
import { nearestOf } from './nearest';
import {
  rightFor,
  SETTING_FIELDS,
  SETTINGS,
  type SettingField,
  type Settings,
  settingOf,
  settingProblem,
} from './settings';

/** The word that lists all settings. */
const LIST = 'settings';

export interface LineMeaning {
  readonly changes?: Partial<Settings>;
  /** Lines to answer with. */
  readonly answer: readonly string[];
}

/** What a typed line asks for: `volume 30` sets, `volume` tells, `settings` tells all. Never throws. */
export function readSettingsLine(line: string, settings: Settings): LineMeaning {
  const [word = '', ...values] = line.trim().split(/\s+/);
  if (word === '') return { answer: [] };
  if (isSame(word, LIST) && values.length === 0)
    return { answer: SETTING_FIELDS.map((field) => describe(field, settings)) };
  const field = SETTING_FIELDS.find((known) => isSame(word, SETTINGS[known].name));
  if (!field) return { answer: [unknown(word)] };
  if (values.length === 0) return { answer: [describe(field, settings)] };
  const text = values.join(' ');
  const problem = settingProblem(SETTINGS[field], text);
  if (problem !== undefined) return { answer: [problem] };
  return { changes: { [field]: settingOf(SETTINGS[field], text) }, answer: [] };
}

function describe(field: SettingField, settings: Settings): string {
  const setting = SETTINGS[field];
  return `${setting.name} ${keptOf(settings)[setting.name]} (${rightFor(setting)}): ${setting.help}`;
}

function unknown(word: string): string {
  const names = SETTING_FIELDS.map((field) => SETTINGS[field].name);
  const nearest = nearestOf(word, [...names, LIST]);
  const hint =
    nearest === undefined
      ? `there is ${names.join(', ')}, and ${LIST} tells all`
      : `did you mean ${nearest}?`;
  return `no setting '${word}': ${hint}`;
}

function isSame(typed: string, name: string): boolean {
  return typed.toLowerCase() === name.toLowerCase();
}
