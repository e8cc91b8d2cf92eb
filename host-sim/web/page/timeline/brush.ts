import { FRAME_MS } from '../../worker/messages';
import type { HeardSoFar } from '../heard-so-far';
import type { Kind } from '../wording';
import type { Tints } from './tints';
import { timeAt, type View } from './view';

/** With fewer milliseconds to a pixel there is room for words. */
export const CLOSE_MS = 20;
export const FONT = 'system-ui, sans-serif';

export function tintOf(kind: Kind, tints: Tints): string {
  switch (kind) {
    case 'wake':
      return tints.wake;
    case 'command':
      return tints.command;
    case 'doubt':
      return tints.doubt;
    case 'mute':
      return tints.muted;
    default:
      return tints.soft;
  }
}

/** Stretches of frames in which a flag is set. */
export function* spans(
  heard: HeardSoFar,
  flag: number,
  view: View,
): Generator<readonly [fromMs: number, toMs: number]> {
  const from = Math.max(0, Math.floor(view.startMs / FRAME_MS) - 1);
  const to = Math.min(heard.frames, Math.ceil(timeAt(view, view.width) / FRAME_MS) + 1);
  let start = -1;
  for (let frame = from; frame <= to; frame++) {
    const isSet = frame < to && (heard.flags.at(frame) & flag) !== 0;
    if (isSet && start < 0) start = frame;
    if (isSet || start < 0) continue;
    yield [start * FRAME_MS, frame * FRAME_MS];
    start = -1;
  }
}

export function text(
  context: CanvasRenderingContext2D,
  said: string,
  {
    x,
    y,
    tint,
    size = 12,
    most,
    weight = 400,
  }: { x: number; y: number; tint: string; size?: number; most?: number; weight?: number },
): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.fillStyle = tint;
  context.textBaseline = 'middle';
  let shown = said;
  if (most !== undefined) {
    if (most < 14) return;
    while (shown.length > 1 && context.measureText(shown).width > most)
      shown = `${shown.slice(0, -2).trimEnd()}…`;
  }
  context.fillText(shown, x, y);
}

export function timeText(atMs: number, isFine: boolean): string {
  const minutes = Math.floor(atMs / 60_000);
  const seconds = (atMs % 60_000) / 1000;
  return `${minutes}:${isFine ? seconds.toFixed(2).padStart(5, '0') : String(Math.floor(seconds)).padStart(2, '0')}`;
}

export function percent(share: unknown): string {
  return `${Math.round(Number(share) * 100)} %`;
}

/** An LED's value is light, a screen's is not: the sRGB curve, near enough. */
export function onScreen(value: number): number {
  return Math.round(255 * (value / 255) ** (1 / 2.4));
}
