/** A small model of ESP-IDF's key-value storage in flash, byte by byte, and of a power that fails. Orders of steps and what
 * is mended when it is opened are as in ESP-IDF's `nvs_flash`: a value is written to new slots, its slots are marked as
 * written, and then those of the value before as erased; a full sector is moved to an empty one before it is erased. */
import type { Storage } from '../../../firmware/io/store';

const SLOT_BYTES = 32;
const SLOTS = 32;
const SECTOR_BYTES = SLOT_BYTES * SLOTS;
/** The first slot holds the sector's head, the second a mark for every slot. */
const FIRST_SLOT = 2;
const BLANK = 0xff;
const WRITTEN = 0xfe;
const ERASED = 0xfc;

/** Two sectors of flash. Programming takes ones to zeros; only erasing a sector brings them back. */
export class Flash {
  readonly bytes = new Uint8Array(2 * SECTOR_BYTES).fill(BLANK);
  /** Bytes programmed and sectors erased so far. */
  changes = 0;
  readonly erased: number[] = [];
  #lastChange = Number.POSITIVE_INFINITY;
  #tornBits = 0;

  /** Lets so many more changes happen. Of the byte after them only those bits are programmed that are not torn; then
   * nothing works until the power returns. */
  cutAfter(changes: number, tornBits: number): void {
    this.#lastChange = this.changes + changes;
    this.#tornBits = tornBits;
  }

  powerReturns(): void {
    this.#lastChange = Number.POSITIVE_INFINITY;
  }

  program(at: number, value: number): void {
    if (this.changes === this.#lastChange) {
      this.bytes[at] = (this.bytes[at] as number) & (value | this.#tornBits);
      this.#tornBits = BLANK;
      throw new Error('no power');
    }
    this.changes += 1;
    this.bytes[at] = (this.bytes[at] as number) & value;
  }

  erase(sector: number): void {
    if (this.changes === this.#lastChange) throw new Error('no power');
    this.changes += 1;
    this.erased.push(sector);
    this.bytes.fill(BLANK, sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES);
  }
}

/** Ways to get it wrong, for tests that must find them out. */
export interface Mistakes {
  readonly erasesOldFirst?: true;
  readonly takesHalfForWhole?: true;
}

interface Entry {
  readonly slot: number;
  readonly span: number;
  readonly key: string;
  readonly value: Uint8Array;
}

export class NvsStorage implements Storage {
  readonly #flash: Flash;
  readonly #mistakes: Mistakes;
  #sector = 0;
  #nextSlot = FIRST_SLOT;

  constructor(flash: Flash, mistakes: Mistakes = {}) {
    this.#flash = flash;
    this.#mistakes = mistakes;
    this.#chooseSector();
    this.#mend();
  }

  read(key: string): string | undefined {
    const entry = this.#find(key);
    return entry && Buffer.from(entry.value).toString('utf8');
  }

  write(key: string, text: string): void {
    const value = Buffer.from(text);
    const span = 1 + Math.ceil(value.length / SLOT_BYTES);
    if (this.#mistakes.erasesOldFirst) this.delete(key);
    if (this.#nextSlot + span > SLOTS) this.#moveTo(1 - this.#sector);
    if (this.#nextSlot + span > SLOTS) throw new Error('the flash is full');
    const before = this.#find(key);
    this.#append(key, value);
    if (before) this.#drop(before);
  }

  delete(key: string): void {
    const entry = this.#find(key);
    if (entry) this.#drop(entry);
  }

  close(): void {}

  #append(key: string, value: Uint8Array): void {
    const slot = this.#nextSlot;
    const span = 1 + Math.ceil(value.length / SLOT_BYTES);
    this.#programAll(
      slot,
      Uint8Array.of(span, ...word(value.length), ...word(sumOf(value)), ...Buffer.from(`${key}\0`)),
    );
    this.#mark(slot, WRITTEN);
    this.#programAll(slot + 1, value);
    for (let i = 1; i < span; i += 1) this.#mark(slot + i, WRITTEN);
    this.#nextSlot += span;
  }

  #drop({ slot, span }: Pick<Entry, 'slot' | 'span'>): void {
    for (let i = span - 1; i >= 0; i -= 1) this.#mark(slot + i, ERASED); // the head last, as it tells the span
  }

  #find(key: string): Entry | undefined {
    return this.#entries().find((entry) => entry.key === key);
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    for (let slot = FIRST_SLOT; slot < SLOTS; slot += 1) {
      if (this.#markOf(slot) !== WRITTEN) continue;
      const entry = this.#entryAt(slot);
      entries.push(entry);
      slot += entry.span - 1;
    }
    return entries;
  }

  #entryAt(slot: number): Entry {
    const head = this.#slice(slot, SLOT_BYTES);
    const length = (head[1] as number) | ((head[2] as number) << 8);
    const key = Buffer.from(head.subarray(5, head.indexOf(0, 5))).toString();
    return { slot, span: head[0] as number, key, value: this.#slice(slot + 1, length) };
  }

  /** A move that the power ended is begun again. */
  #chooseSector(): void {
    const isUsed = (sector: number) => this.#byte(sector, 0) !== BLANK;
    const isMoving = (sector: number) => this.#byte(sector, 1) !== BLANK;
    const moving = [0, 1].find(isMoving);
    this.#sector = moving ?? (isUsed(1) ? 1 : 0);
    if (moving !== undefined) {
      this.#nextSlot = SLOTS;
      this.#flash.erase(1 - moving);
      this.#moveTo(1 - moving);
    } else if (!isUsed(this.#sector)) this.#flash.program(this.#sector * SECTOR_BYTES, 0);
  }

  /** Drops what the power kept from being written whole, and the older of two values. */
  #mend(): void {
    const newest = new Map<string, Entry>();
    for (const entry of this.#entries()) {
      const older = newest.get(entry.key);
      if (!this.#mistakes.takesHalfForWhole && !this.#isWhole(entry)) this.#drop(entry);
      else {
        if (older) this.#drop(older);
        newest.set(entry.key, entry);
      }
    }
    const isBlank = (slot: number) => this.#slice(slot, SLOT_BYTES).every((byte) => byte === BLANK);
    this.#nextSlot = FIRST_SLOT;
    for (; this.#nextSlot < SLOTS; this.#nextSlot += 1) {
      if (this.#markOf(this.#nextSlot) !== BLANK) continue;
      if (isBlank(this.#nextSlot)) break;
      this.#mark(this.#nextSlot, ERASED);
    }
  }

  #isWhole({ slot, span, value }: Entry): boolean {
    const head = this.#slice(slot, SLOT_BYTES);
    const sum = (head[3] as number) | ((head[4] as number) << 8);
    for (let i = 0; i < span; i += 1) if (this.#markOf(slot + i) !== WRITTEN) return false;
    return sum === sumOf(value);
  }

  #moveTo(sector: number): void {
    const from = this.#sector;
    const entries = this.#entries();
    this.#flash.program(from * SECTOR_BYTES + 1, 0);
    this.#flash.program(sector * SECTOR_BYTES, 0);
    this.#sector = sector;
    this.#nextSlot = FIRST_SLOT;
    for (const { key, value } of entries) this.#append(key, value);
    this.#flash.erase(from);
  }

  #programAll(slot: number, bytes: Uint8Array): void {
    const base = this.#sector * SECTOR_BYTES + slot * SLOT_BYTES;
    for (const [index, byte] of bytes.entries()) this.#flash.program(base + index, byte);
  }

  #mark(slot: number, mark: number): void {
    this.#flash.program(this.#sector * SECTOR_BYTES + SLOT_BYTES + slot, mark);
  }

  #markOf(slot: number): number {
    return this.#byte(this.#sector, SLOT_BYTES + slot);
  }

  #byte(sector: number, at: number): number {
    return this.#flash.bytes[sector * SECTOR_BYTES + at] as number;
  }

  /** A copy, as values must outlive a move. */
  #slice(slot: number, byteLength: number): Uint8Array {
    const begin = this.#sector * SECTOR_BYTES + slot * SLOT_BYTES;
    return this.#flash.bytes.slice(begin, begin + byteLength);
  }
}

function word(value: number): [low: number, high: number] {
  return [value & 0xff, (value >> 8) & 0xff];
}

function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum * 31 + byte) & 0xffff, 0x5a5a);
}
