import { Problem } from '../../cli/problem';

/** What stands between the options where one wake word is looked at. */
export const ONE_WAKE_WORD = {
  name: 'model',
  hint: 'name a folder of models/ or a manifest',
  least: 1,
  most: 1,
} as const;

/** @throws Problem when the text is no number above 0 */
export function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Problem(`${option} '${text}': a number above 0 would be right`);
}

/** Distances of noise in dB, parted by commas. @throws Problem */
export function levelsOf(text: string): number[] {
  return text.split(',').map((level) => {
    const value = Number(level);
    if (level.trim() !== '' && Math.abs(value) <= 60) return value;
    throw new Problem(`--snr '${level}': numbers from -60 to 60, parted by commas, would be right`);
  });
}
