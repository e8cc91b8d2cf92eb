import type { Tints } from './tints';
import { type View, xOf } from './view';

const TILE_COLUMNS = 2048;

/** What a picture of many columns is painted from. */
export interface Columns {
  readonly rows: number;
  /** How many there are by now. */
  count(): number;
  /** 0 to 255; row 0 is at the top. */
  value(column: number, row: number): number;
}

/** A picture that grows to the right, painted in tiles and kept. */
export class GrowingPicture {
  readonly #columns: Columns;
  readonly #tiles: OffscreenCanvas[] = [];
  #painted = 0;
  #heat: Tints['heat'] | undefined;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** @param columnMs how long a column lasts; `shiftMs` moves all of them */
  draw(
    context: CanvasRenderingContext2D,
    view: View,
    { top, height, columnMs, shiftMs }: { top: number; height: number; columnMs: number; shiftMs: number },
    tints: Tints,
  ): void {
    if (this.#heat !== tints.heat) this.#painted = 0;
    this.#heat = tints.heat;
    this.#paintNew(tints);
    const widthMs = TILE_COLUMNS * columnMs;
    context.imageSmoothingEnabled = view.msPerPixel > columnMs;
    for (const [index, tile] of this.#tiles.entries()) {
      const x = xOf(view, index * widthMs + shiftMs);
      const width = widthMs / view.msPerPixel;
      if (x < view.width && x + width > 0) context.drawImage(tile, x, top, width, height);
    }
  }

  #paintNew({ heat }: Tints): void {
    const count = this.#columns.count();
    const { rows } = this.#columns;
    while (this.#painted < count) {
      const index = Math.floor(this.#painted / TILE_COLUMNS);
      const from = this.#painted - index * TILE_COLUMNS;
      const width = Math.min(TILE_COLUMNS - from, count - this.#painted);
      this.#tiles[index] ??= new OffscreenCanvas(TILE_COLUMNS, rows);
      const context = this.#tiles[index]?.getContext('2d') as OffscreenCanvasRenderingContext2D;
      const image = context.createImageData(width, rows);
      for (let column = 0; column < width; column++)
        for (let row = 0; row < rows; row++) {
          const value = this.#columns.value(this.#painted + column, row);
          const [red, green, blue] = heat[value] as readonly [number, number, number];
          image.data.set([red, green, blue, value === 0 ? 0 : 255], 4 * (row * width + column));
        }
      context.putImageData(image, from, 0);
      this.#painted += width;
    }
  }
}
