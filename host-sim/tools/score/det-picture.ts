import { type Point, pointFor } from './curve';
import type { ConditionResult, ModelResult } from './wake-results';

/** Misses against false wakes an hour at every cutoff (a detection error tradeoff plot), one line for each model and
 * condition; a ring marks the cutoff that the model is shipped with. */

const WIDTH = 860;
const LEAST_HEIGHT = 560;
const PLOT = { left: 70, top: 30, right: 600, bottom: 500 };
const LEGEND = { top: PLOT.top + 12, line: 20 };
const RATES = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const SHARES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
const COLORS = ['#2f6fb5', '#d1602b', '#3b8f4c', '#8a4fb0', '#b8902a', '#c23b6b', '#3a9aa5', '#6b6b6b'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2', '10 4', '4 4', '3 1'];

export function detPicture(results: readonly ModelResult[]): string {
  const lines = results.flatMap((result, model) =>
    result.conditions
      // the spotter alone, whose curves these are, does not care what was said before
      .filter(({ missed, kind }) => missed.of > 0 && kind !== 'talk')
      .map((condition, index) => ({
        result,
        condition,
        color: pick(COLORS, model),
        dash: pick(DASHES, index),
      })),
  );
  const height = Math.max(LEAST_HEIGHT, LEGEND.top + lines.length * LEGEND.line);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>Words missed, against false wakes an hour</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...gridLines(),
    ...lines.map(({ result, condition, color, dash }) => curveLine(result, condition, color, dash)),
    ...lines.map((line, index) => legend(line.result, line.condition, line.color, line.dash, index)),
    '</svg>\n',
  ].join('\n');
}

function gridLines(): string[] {
  const { left, right, top, bottom } = PLOT;
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#d8d8d8"/>`;
  const text = (x: number, y: number, anchor: string, label: string): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#333333">${label}</text>`;
  return [
    ...RATES.flatMap((rate) => {
      const x = acrossOf(rate);
      return [line(x, top, x, bottom), text(x, bottom + 18, 'middle', String(rate))];
    }),
    ...SHARES.flatMap((share) => {
      const y = downOf(share);
      return [line(left, y, right, y), text(left - 8, y + 4, 'end', `${share * 100} %`)];
    }),
    text((left + right) / 2, bottom + 40, 'middle', 'false wakes an hour (the left edge is none heard)'),
    `<text transform="translate(18 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#333333">words missed</text>`,
  ];
}

function curveLine(result: ModelResult, condition: ConditionResult, color: string, dash: string): string {
  const places = condition.curve.map((point) => placeOf(point, condition, result.hours));
  const shipped = pointFor(condition.curve, result.model.cutoff);
  const [x, y] = shipped ? placeOf(shipped, condition, result.hours) : [0, 0];
  const path = places.map(([across, down]) => `${across},${down}`).join(' ');
  return (
    `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.8" stroke-dasharray="${dash}"/>` +
    `<circle cx="${x}" cy="${y}" r="4.5" fill="#ffffff" stroke="${color}" stroke-width="2"/>`
  );
}

function legend(
  result: ModelResult,
  { name }: ConditionResult,
  color: string,
  dash: string,
  index: number,
): string {
  const [x, y] = [PLOT.right + 16, LEGEND.top + index * LEGEND.line];
  const label = `${result.model.name}, ${name}`.replace(/[&<>]/g, '');
  return (
    `<line x1="${x}" y1="${y - 4}" x2="${x + 28}" y2="${y - 4}" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>` +
    `<text x="${x + 36}" y="${y}" fill="#333333">${label}</text>`
  );
}

function placeOf({ missed, falseWakes }: Point, condition: ConditionResult, hours: number): [number, number] {
  return [acrossOf(falseWakes / hours), downOf(missed / condition.missed.of)];
}

/** Logarithmic from 0.1 to 100 an hour; what lies outside stands at the edge. */
function acrossOf(rate: number): number {
  const share = (Math.log10(Math.min(100, Math.max(0.1, rate))) + 1) / 3;
  return tenths(PLOT.left + share * (PLOT.right - PLOT.left));
}

/** By the logarithm of the odds, which makes good models' small differences visible, from 0.3 % to 90 %. */
function downOf(share: number): number {
  const odds = (value: number): number => Math.log(value / (1 - value));
  const [low, high] = [odds(0.003), odds(0.9)];
  const place = (odds(Math.min(0.9, Math.max(0.003, share))) - low) / (high - low);
  return tenths(PLOT.bottom - place * (PLOT.bottom - PLOT.top));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function pick(from: readonly string[], index: number): string {
  return from[index % from.length] as string;
}
