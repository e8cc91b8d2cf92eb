import type { Head, Item } from './entry';
import { finishHeader, type Header, isBlank, type PageEnd, piecesOf, readHeader, writeHeader } from './page';
import type { Pages, Seal } from './ports';

/** A page of the record, and its place on the flash. */
export type PlacedPage = Header & { readonly position: number };
type NewPage = Head & { readonly sequence: number };

/** The pages of a record in their order, wherever they lie. New ones are taken round the flash, so that it wears evenly. */
export class PageLog {
  readonly #pages: Pages;
  readonly #seal: Seal;
  #placed: PlacedPage[];
  #lastStamp = 0;
  /** Where the last page was begun. */
  #cursor = -1;

  /** Finds what is there. */
  constructor(pages: Pages, seal: Seal) {
    this.#pages = pages;
    this.#seal = seal;
    const bySequence = new Map<number, PlacedPage>();
    for (let position = 0; position < pages.count; position += 1) {
      const header = readHeader(pages, position, seal);
      if (!header) continue;
      const page = { ...header, position };
      this.#note(page);
      const other = bySequence.get(page.sequence);
      if (other) this.#clear(other.stamp < page.stamp ? other.position : position); // power was lost before it was gone
      if (!other || other.stamp < page.stamp) bySequence.set(page.sequence, page);
    }
    this.#placed = [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** Oldest first. */
  get placed(): readonly PlacedPage[] {
    return this.#placed;
  }

  get newest(): PlacedPage | undefined {
    return this.#placed.at(-1);
  }

  get isFull(): boolean {
    return this.#placed.length >= this.#pages.count;
  }

  read({ position, index, chain }: PlacedPage): Generator<Item & Head, PageEnd> {
    return piecesOf(this.#pages, position, { index, chain }, this.#seal);
  }

  begin(head: Head): void {
    const { index, chain } = head;
    const sequence = (this.newest?.sequence ?? 0) + 1;
    this.#placed = [...this.#placed, this.#write({ index, chain, sequence }, () => {})];
  }

  /** Puts another page in the place of one. `fill` writes what is in it, at a position of the flash; should the power fail
   * meanwhile, the old one is still there. */
  replace(old: PlacedPage, { index, chain }: Head, fill: (position: number) => void): void {
    const page = this.#write({ index, chain, sequence: old.sequence }, fill);
    this.#placed = this.#placed.map((other) => (other.sequence === old.sequence ? page : other));
    this.#pages.erase(old.position);
  }

  free(page: PlacedPage): void {
    this.#placed = this.#placed.filter(({ sequence }) => sequence !== page.sequence);
    this.#pages.erase(page.position);
  }

  #write(head: NewPage, fill: (position: number) => void): PlacedPage {
    const position = this.#nextFree();
    this.#clear(position);
    const page = { ...head, stamp: this.#lastStamp + 1, position };
    writeHeader(this.#pages, position, page, this.#seal);
    fill(position);
    finishHeader(this.#pages, position);
    this.#note(page);
    return page;
  }

  #note({ stamp, position }: PlacedPage): void {
    if (stamp <= this.#lastStamp) return;
    this.#lastStamp = stamp;
    this.#cursor = position;
  }

  #nextFree(): number {
    const { count } = this.#pages;
    for (let step = 1; step <= count; step += 1) {
      const position = (this.#cursor + step) % count;
      if (!this.#placed.some((page) => page.position === position)) return position;
    }
    throw new Error('the record has no free page');
  }

  #clear(position: number): void {
    if (!isBlank(this.#pages, position, 0)) this.#pages.erase(position);
  }
}
