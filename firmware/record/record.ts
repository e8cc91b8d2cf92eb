import { asciiJson, bytesOfAscii } from './bytes';
import { beginning, entryOf, linked, type Span, type Verdict, verify } from './chain';
import { type Entry, type EraseReason, type Head, type Item, type Moment, SALT_BYTES } from './entry';
import { entryPieceBytes, HEADER_BYTES, MOST_TEXT, type PageEnd, writeAnchor, writeEntry } from './page';
import { PageLog, type PlacedPage } from './page-log';
import type { Pages, Seal } from './ports';

const LEAST_PAGES = 4;
const LEAST_PAGE_BYTES = HEADER_BYTES + 2 * entryPieceBytes(MOST_TEXT);

/** The record of what a speaker heard and did: entries, each linked to all before it, on a ring of flash pages.
 *
 * When the power fails within a write or an erase, the next opening finds all entries but the one under way. A deletion is
 * written down first and then done, page by page, so that an opening finishes what power was lost over. Of what is deleted
 * nothing stays but how many entries there were and the value with which the chain goes on. */
export class Record {
  readonly #pages: Pages;
  readonly #seal: Seal;
  readonly #log: PageLog;
  /** Of the newest page: where the next entry goes, if anything can be added to it. */
  #end: PageEnd;
  #newest: Entry | undefined;

  /** Opens what is there, or begins anew. @throws RangeError on pages that are too few or too small */
  constructor(pages: Pages, seal: Seal) {
    if (pages.count < LEAST_PAGES || pages.byteLength < LEAST_PAGE_BYTES)
      throw new RangeError(
        `${pages.count} pages of ${pages.byteLength} bytes: at least ${LEAST_PAGES} of ${LEAST_PAGE_BYTES} would be right`,
      );
    this.#pages = pages;
    this.#seal = seal;
    this.#log = new PageLog(pages, seal);
    this.#end = { index: 0, chain: beginning(), offset: 0, rest: 'torn' };
    const newest = this.#log.newest;
    if (newest) this.#resume(newest);
  }

  /** Where the chain stands: after as many entries as were ever made. */
  get head(): Head {
    return { index: this.#end.index, chain: this.#end.chain };
  }

  /** The last entry that was made, as long as it is known. */
  get newestEntry(): Entry | undefined {
    return this.#newest;
  }

  /** The first entry that may still be there. */
  get firstIndex(): number {
    return this.#log.placed[0]?.index ?? this.#end.index;
  }

  /** @throws RangeError when an entry is too long */
  append(entry: Entry): void {
    const text = asciiJson(entry);
    if (text.length > MOST_TEXT)
      throw new RangeError(`an entry of ${text.length} characters: at most ${MOST_TEXT} would be right`);
    this.#makeRoom(entryPieceBytes(text.length), entry);
    this.#put(text);
    this.#newest = entry;
  }

  /** All that is there, from the beginning, as far as it is whole. */
  *items(): Generator<Item> {
    for (const page of this.#log.placed) {
      yield { type: 'anchor', index: page.index, chain: page.chain };
      yield* this.#log.read(page);
    }
  }

  *entries(): Generator<{ readonly index: number; readonly entry: Entry }> {
    for (const item of this.items()) {
      const entry = item.type === 'entry' ? entryOf(item.text) : undefined;
      if (item.type === 'entry' && entry) yield { index: item.index, entry };
    }
  }

  /** @param known heads of earlier exports */
  verify(known: readonly Head[] = []): Verdict {
    return verify(this.#seal, this.items(), this.head, known);
  }

  /** Deletes entries, and writes down that it does. Entries about deletions stay, unless all before them goes too. */
  erase({ from, through }: Span, reason: EraseReason, moment: Moment): void {
    const span = { from: from <= this.firstIndex ? 0 : from, through: Math.min(through, this.#end.index) };
    this.append({ type: 'erased', ...span, reason, ...moment });
    this.#carryOut(span);
  }

  /** Goes on where the newest page ends, with what power was lost over there. */
  #resume(newest: PlacedPage): void {
    const [items, end] = this.#whole(newest);
    this.#end = end.rest === 'spoilt' ? { ...end, index: end.index + 1 } : end;
    const last = items.at(-1);
    if (last === undefined && end.rest !== 'spoilt') {
      // power was lost over the first entry of a page that perhaps was the last free one
      this.#log.free(newest);
      this.#end = { ...end, rest: 'torn' };
    }
    const entry = last?.type === 'entry' ? entryOf(last.text) : undefined;
    this.#newest = entry;
    if (entry?.type === 'erased') this.#carryOut(entry);
  }

  #whole(page: PlacedPage): [(Item & Head)[], PageEnd] {
    const items: (Item & Head)[] = [];
    const pieces = this.#log.read(page);
    for (let step = pieces.next(); ; step = pieces.next()) {
      if (step.done) return [items, step.value];
      items.push(step.value);
    }
  }

  /** Begins a page when an entry does not fit the newest. One page is always free, so that another can be written anew. */
  #makeRoom(byteLength: number, { livedSeconds, unixSeconds }: Moment): void {
    if (this.#end.rest === 'blank' && this.#end.offset + byteLength <= this.#pages.byteLength) return;
    this.#log.begin(this.head);
    this.#end = { ...this.head, offset: HEADER_BYTES, rest: 'blank' };
    if (!this.#log.isFull) return;
    const through = this.#log.placed[1]?.index ?? 0;
    const moment = { livedSeconds, ...(unixSeconds === undefined ? {} : { unixSeconds }) };
    this.erase({ from: 0, through }, 'full', moment);
  }

  #put(text: string): void {
    const { index, offset } = this.#end;
    const { position } = this.#log.newest as PlacedPage;
    const salt = this.#seal.random(SALT_BYTES);
    const chain = linked(this.#seal, this.#end.chain, salt, text);
    this.#end = { ...this.#end, rest: 'torn' }; // until it is there: nothing is written over a write that failed
    const next = writeEntry(this.#pages, position, offset, { salt, text: bytesOfAscii(text), chain });
    this.#end = { index: index + 1, chain, offset: next, rest: 'blank' };
  }

  /** Makes a deletion true. Doing it again changes nothing. */
  #carryOut(span: Span): void {
    for (const page of this.#log.placed) {
      const next = this.#log.placed.find(({ sequence }) => sequence > page.sequence);
      const endIndex = next?.index ?? this.#end.index;
      if (page.index >= span.through || endIndex <= span.from) continue;
      if (span.from === 0 && endIndex <= span.through && next) this.#log.free(page);
      else this.#thin(page, span);
    }
  }

  /** Writes a page anew without what is to go. An anchor stands where that was; at the beginning of the record, nothing. */
  #thin(page: PlacedPage, span: Span): void {
    const [items, end] = this.#whole(page);
    if (!items.some((item) => isToGo(item, span))) return;
    const isNewest = page.sequence === this.#log.newest?.sequence;
    const last: Head = isNewest ? this.head : end;
    const kept = entriesWithout(items, span, page);
    const first = span.from === 0 ? (kept[0]?.before ?? last) : page;
    let at: Head = first;
    let offset = HEADER_BYTES;
    this.#log.replace(page, first, (position) => {
      const reach = (head: Head): void => {
        if (head.index > at.index) offset = writeAnchor(this.#pages, position, offset, head, this.#seal);
      };
      for (const { before, salt, text, after } of kept) {
        reach(before);
        offset = writeEntry(this.#pages, position, offset, {
          salt,
          text: bytesOfAscii(text),
          chain: after.chain,
        });
        at = after;
      }
      reach(last);
    });
    if (isNewest) this.#end = { ...last, offset, rest: 'blank' };
  }
}

interface KeptEntry {
  readonly before: Head;
  readonly salt: Uint8Array;
  readonly text: string;
  readonly after: Head;
}

function entriesWithout(items: readonly (Item & Head)[], span: Span, page: Head): KeptEntry[] {
  const kept: KeptEntry[] = [];
  let before = page;
  for (const item of items) {
    const { index, chain } = item;
    const after = item.type === 'entry' ? { index: index + 1, chain } : { index, chain };
    if (item.type === 'entry' && !isToGo(item, span))
      kept.push({ before, salt: item.salt, text: item.text, after });
    before = after;
  }
  return kept;
}

function isToGo(item: Item, { from, through }: Span): boolean {
  if (item.type !== 'entry' || item.index < from || item.index >= through) return false;
  return from === 0 || entryOf(item.text)?.type !== 'erased';
}
