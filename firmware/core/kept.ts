import { frozen } from './frozen';
import {
  ALARMS_KEY,
  alarmsText,
  areListsSame,
  type KeptLists,
  type ListState,
  readAlarms,
  readTimers,
  TIMERS_KEY,
  timersText,
} from './kept-lists';
import {
  FACTORY_SETTINGS,
  SETTING_FIELDS,
  SETTINGS,
  type Settings,
  settingOf,
  settingProblem,
  settingText,
} from './settings';

/** What settings leave for the next boot: texts by their keys in the store. */
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

/** Which settings a transition leaves to be kept. */
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

/** Which lists a transition leaves to be kept. */
export function listKeepsOf(before: ListState, after: ListState): readonly Keep[] {
  if (areListsSame(before, after)) return NONE;
  const keeps: Keep[] = [];
  const [timers, alarms] = [timersText(after), alarmsText(after)];
  if (timers !== timersText(before)) keeps.push({ key: TIMERS_KEY, text: timers, settleMs: 0 });
  if (alarms !== alarmsText(before)) keeps.push({ key: ALARMS_KEY, text: alarms, settleMs: 0 });
  return keeps;
}

const NONE: readonly Keep[] = frozen([]);

/** Something in the store that is no value, and is as it comes from the factory instead. */
export interface Spoilt {
  readonly key: string;
  readonly text: string;
  readonly problem: string;
}

/** Reads what the keeps wrote. Never throws: one text that makes no sense costs no other. */
export function readKept(read: (key: string) => string | undefined): {
  readonly settings: Settings;
  readonly lists: KeptLists;
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
  const listOf = <T>(
    key: string,
    parse: (text: string) => readonly T[] | undefined,
    right: string,
  ): readonly T[] => {
    const text = read(key) ?? '';
    const list = parse(text);
    if (list) return list;
    spoilt.push({ key, text, problem: `${key} '${text}': lines like '${right}' would be right` });
    return [];
  };
  const lists = {
    timers: listOf(TIMERS_KEY, readTimers, '600000 until 1764590000 tea'),
    alarms: listOf(ALARMS_KEY, readAlarms, '07:00 weekdays 62 day 20789'),
  };
  return { settings: { ...FACTORY_SETTINGS, ...found }, lists, spoilt };
}
