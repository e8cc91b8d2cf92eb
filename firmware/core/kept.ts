import {
  FACTORY_SETTINGS,
  SETTING_FIELDS,
  SETTINGS,
  type Settings,
  settingOf,
  settingProblem,
  settingText,
} from './settings';

/** What a state leaves for the next boot: texts by their keys in the store. */
export function keptOf(settings: Settings): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const field of SETTING_FIELDS) kept[SETTINGS[field].name] = settingText(settings[field]);
  return kept;
}

export interface Keep {
  readonly key: string;
  readonly text: string;
  readonly settleMs: number;
}

/** What a transition leaves to be kept. */
export function keepsOf(before: Settings, after: Settings): readonly Keep[] {
  const [was, is] = [keptOf(before), keptOf(after)];
  const keeps: Keep[] = [];
  for (const field of SETTING_FIELDS) {
    const { name, settleMs } = SETTINGS[field];
    const text = is[name];
    if (text !== undefined && text !== was[name]) keeps.push({ key: name, text, settleMs });
  }
  return keeps;
}

/** Something in the store that is no value, and is as it comes from the factory instead. */
export interface Spoilt {
  readonly key: string;
  readonly text: string;
  readonly problem: string;
}

/** Reads what `keptOf` wrote. Never throws: one text that makes no sense costs no other. */
export function readKept(read: (key: string) => string | undefined): {
  readonly settings: Settings;
  readonly spoilt: readonly Spoilt[];
} {
  const found: Record<string, unknown> = {};
  const spoilt: Spoilt[] = [];
  for (const field of SETTING_FIELDS) {
    const setting = SETTINGS[field];
    const text = read(setting.name);
    if (text === undefined) continue;
    const problem = settingProblem(setting, text);
    if (problem === undefined) found[field] = settingOf(setting, text);
    else spoilt.push({ key: setting.name, text, problem });
  }
  return { settings: { ...FACTORY_SETTINGS, ...found }, spoilt };
}
