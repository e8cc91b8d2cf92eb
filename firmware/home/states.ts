import {
  SETTING_FIELDS,
  SETTINGS,
  type Setting,
  type Settings,
  settingOf,
  settingText,
} from '../core/settings';
import type { State } from '../core/state';

/** What of the speaker no state has. */
export interface Counted {
  readonly lastIntent: string | undefined;
  readonly overruns: number;
  readonly uptimeSeconds: number;
  readonly memoryBytes: number | undefined;
}

/** What a home sees of the speaker: texts by the names of their topics. */
export function statesOf(
  state: State,
  { lastIntent, overruns, uptimeSeconds, memoryBytes }: Counted,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const field of SETTING_FIELDS) {
    const setting: Setting = SETTINGS[field];
    if (!setting.isPrivate) texts.set(setting.name, settingText(state[field]));
  }
  texts.set('muteSwitch', state.muted ? 'on' : 'off');
  texts.set('nearMisses', String(state.nearMissCount));
  texts.set('overruns', String(overruns));
  texts.set('uptime', String(uptimeSeconds));
  if (memoryBytes !== undefined) texts.set('memory', String(memoryBytes));
  if (lastIntent !== undefined) texts.set('lastIntent', lastIntent);
  return texts;
}

/** What a message to a setting's topic changes; undefined when a home may not, or it is no value of the setting. */
export function changeOf(name: string, text: string): Partial<Settings> | undefined {
  const field = SETTING_FIELDS.find((known) => SETTINGS[known].name === name);
  if (!field) return undefined;
  const setting: Setting = SETTINGS[field];
  const value = setting.isPrivate ? undefined : settingOf(setting, text);
  return value === undefined ? undefined : { [field]: value };
}
