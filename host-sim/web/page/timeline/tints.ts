/** The page's colours, as its style has them for this scheme. */
export interface Tints {
  readonly ground: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly main: string;
  readonly wake: string;
  readonly command: string;
  readonly doubt: string;
  readonly muted: string;
  /** From nothing to much, 256 of them. */
  readonly heat: readonly (readonly [number, number, number])[];
}

const NAMES = ['ground', 'card', 'ink', 'soft', 'line', 'main', 'wake', 'command', 'doubt', 'muted'] as const;

export function readTints(): Tints {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  const tints = colours as Record<(typeof NAMES)[number], string>;
  const stops = [tints.card, tints.main, tints.ink].map(rgbOf);
  return { ...tints, heat: Array.from({ length: 256 }, (_, index) => between(stops, index / 255)) };
}

type Rgb = readonly [number, number, number];

function rgbOf(hex: string): Rgb {
  const long = hex.length === 4 ? hex.replace(/[\da-f]/gi, '$&$&') : hex;
  const value = Number.parseInt(long.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function between(stops: readonly Rgb[], share: number): Rgb {
  const at = share * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [stops[index] as Rgb, stops[index + 1] as Rgb];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (to[channel] - from[channel]) * (at - index));
  return [mix(0), mix(1), mix(2)];
}
