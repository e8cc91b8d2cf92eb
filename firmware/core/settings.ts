import { DEFAULT_SETTINGS, type SpeakerSettings } from './state';
import { SENSITIVITIES, type Sensitivity } from './wake-points';

/** What a person has chosen, as texts in a store. What cannot be read is as it comes from the factory. */
export function readSettings(read: (key: string) => string | undefined): Omit<SpeakerSettings, 'muted'> {
  const { muted: _, ...factory } = DEFAULT_SETTINGS;
  const volume = read(VOLUME_KEY);
  const cue = read(LISTENING_CUE_KEY);
  const sensitivity = SENSITIVITIES.find((name) => name === read(SENSITIVITY_KEY));
  return {
    ...factory,
    ...(sensitivity === undefined ? {} : { sensitivity }),
    ...(isPercent(volume) ? { volumePercent: Number(volume) } : {}),
    ...(cue === 'on' || cue === 'off' ? { listeningCue: cue === 'on' } : {}),
  };
}

/** A setting as a person types it: `sensitivity low`. Undefined when it is none. */
export function parseSetting(line: string): { readonly sensitivity: Sensitivity } | undefined {
  const [key, value, ...rest] = line.trim().split(/\s+/);
  const sensitivity = SENSITIVITIES.find((name) => name === value);
  return key === SENSITIVITY_KEY && sensitivity && rest.length === 0 ? { sensitivity } : undefined;
}

export const VOLUME_KEY = 'volume';
export const SENSITIVITY_KEY = 'sensitivity';
export const SETTING_USAGE = `${SENSITIVITY_KEY} ${SENSITIVITIES.join('|')}`;
const LISTENING_CUE_KEY = 'listeningCue';

function isPercent(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,3}$/.test(text) && Number(text) <= 100;
}
