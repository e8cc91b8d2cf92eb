import type { Paint } from '../../../cli/terminal';

/** A ring's LEDs as a row of dots, or of letters without colour. `rgb` is hex, RRGGBB a pixel. */
export function drawRing(rgb: string, paint: Paint): string {
  const runs = rgb.match(/(.{6})\1*/g) ?? [];
  return runs.map((run) => drawRun(Number.parseInt(run.slice(0, 6), 16), run.length / 6, paint)).join('');
}

/** How much light a picture has, to choose the one of an animation that shows it best. */
export function brightness(rgb: string): number {
  let sum = 0;
  for (let i = 0; i + 2 <= rgb.length; i += 2) sum += Number.parseInt(rgb.slice(i, i + 2), 16);
  return sum;
}

/** Neighbours of the same colour, at once: a row is written for every picture of a moving ring. */
function drawRun(color: number, count: number, paint: Paint): string {
  const [red, green, blue] = [color >> 16, (color >> 8) & 255, color & 255];
  if (color === 0) return paint.style('·'.repeat(count), 'faint');
  return paint.hasColor
    ? paint.rgb('●'.repeat(count), onScreen(red), onScreen(green), onScreen(blue))
    : letter(red, green, blue).repeat(count);
}

/** An LED's value is light, a screen's is not: the sRGB curve, near enough. Without it, dim LEDs would look black. */
function onScreen(value: number): number {
  return Math.round(255 * (value / 255) ** (1 / 2.4));
}

/** Capital when the LED is bright: R, G, B, Y(ellow), C(yan), M(agenta), W(hite), from the channels in use. */
function letter(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue);
  const bits = [red, green, blue].map((value) => (value > 0.45 * most ? 1 : 0));
  const name = ['W', 'B', 'G', 'C', 'R', 'M', 'Y', 'W'][
    (bits[0] as number) * 4 + (bits[1] as number) * 2 + (bits[2] as number)
  ] as string;
  return most < 24 ? name.toLowerCase() : name;
}
