import { DEFAULT_SETTINGS, type SpeakerSettings } from './state';
import { SENSITIVITIES } from './wake-points';

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

export const VOLUME_KEY = 'volume';
export const SENSITIVITY_KEY = 'sensitivity';
export const LISTENING_CUE_KEY = 'listeningCue';

function isPercent(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,3}$/.test(text) && Number(text) <= 100;
}
