import type { Clip } from './vocabulary';
import { BELOW_TWENTY, ORDINALS, TENS } from './words';

const MOST = 999;

/** A number from -999 to 999, tenths included; undefined for any other, as there is nothing to say it with. */
export function numberClips(value: number): readonly Clip[] | undefined {
  const tenths = Math.round(Math.abs(value) * 10);
  if (!(tenths <= MOST * 10)) return undefined;
  const clips: Clip[] = value < 0 && tenths > 0 ? ['minus'] : [];
  clips.push(...wholeClips(Math.floor(tenths / 10)));
  if (tenths % 10 > 0) clips.push('point', ...wholeClips(tenths % 10));
  return clips;
}

/** 0 to 999. */
export function wholeClips(value: number): readonly Clip[] {
  if (value >= 100) {
    const hundreds: readonly Clip[] = [...wholeClips(Math.floor(value / 100)), 'hundred'];
    return value % 100 === 0 ? hundreds : [...hundreds, ...wholeClips(value % 100)];
  }
  if (value < 20) return [BELOW_TWENTY[value] as Clip];
  const tens = TENS[Math.floor(value / 10) - 2] as Clip;
  return value % 10 === 0 ? [tens] : [tens, BELOW_TWENTY[value % 10] as Clip];
}

/** The day of a month, 1 to 31, at the end of a sentence. */
export function ordinalClips(day: number): readonly Clip[] {
  if (day <= 20) return [ORDINALS[day - 1] as Clip];
  if (day === 30) return ['thirtieth.'];
  return [day > 30 ? 'thirty' : 'twenty', ORDINALS[(day % 10) - 1] as Clip];
}
