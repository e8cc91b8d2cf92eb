/** How many columns of a terminal each part of a row takes. */
export interface Layout {
  readonly text: number;
  /** 0 where there is no room for it. */
  readonly confidence: number;
  readonly action: number;
  readonly ring: number;
}

export const TIME = 8;
export const WHAT = 10;
const CONFIDENCE = 5;
/** What words and actions take where there is room for all. */
const TEXT = 30;
const ACTION = 25;
/** Beyond these the ring would be far from what it belongs to. */
const MOST_TEXT = 60;
const MOST_ACTION = 45;
/** Beyond this a larger ring would leave no room for words, and is shown in part. */
const MOST_RING = 24;
const LEAST_RING = 4;
/** Below this nobody learns how sure the speaker was. */
const LEAST_FOR_CONFIDENCE = 70;

/** Fits a row into `width` columns, 60 or more: the ring is shortened first. */
export function layoutFor(width: number, ringPixels: number): Layout {
  const confidence = width < LEAST_FOR_CONFIDENCE ? 0 : CONFIDENCE;
  const gaps = 2 + 2 + 1 + (confidence > 0 ? 1 : 0) + 2 + 2;
  const room = width - TIME - WHAT - confidence - gaps;
  const wanted = Math.min(MOST_RING, ringPixels);
  const ring = Math.min(wanted, Math.max(LEAST_RING, room - TEXT - ACTION));
  const rest = room - ring;
  const text = Math.min(MOST_TEXT, Math.round((rest * TEXT) / (TEXT + ACTION)));
  return { text, confidence, action: Math.min(MOST_ACTION, rest - text), ring };
}

/** Of a longer ring every so many LEDs, evenly: all of it, more coarsely. `rgb` is hex, RRGGBB a pixel. */
export function shortened(rgb: string, pixels: number): string {
  const count = rgb.length / 6;
  if (count <= pixels) return rgb;
  return Array.from({ length: pixels }, (_, index) => {
    const at = 6 * Math.floor((index * count) / pixels);
    return rgb.slice(at, at + 6);
  }).join('');
}
