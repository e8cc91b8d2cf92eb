import { areEqual, asciiOf, getU32, joined, putU16, putU32 } from './bytes';
import { linked } from './chain';
import { CHAIN_BYTES, type Head, type Item, SALT_BYTES } from './entry';
import type { Pages, Seal } from './ports';

/* A page is a header and then pieces: entries, and anchors where entries were. Header and pieces begin with a byte that is
 * written last, when all else of it is there: what power was lost over does not count.
 *
 *   header  done 1 | version 1 | stamp 4 | sequence 4 | index 4 | chain 32 | check 8 | unused
 *   piece   done 1 | kind 1 | length 2 | body | check 8
 *   entry   body: salt 16, text; check: the chain after it, its first bytes
 *   anchor  body: index 4, chain 32; check: SHA-256 of kind, length and body, its first bytes */

const DONE = 0;
const BLANK = 0xff;
const VERSION = 1;
const CHECK_BYTES = 8;
const STAMP_AT = 2;
const SEQUENCE_AT = 6;
const INDEX_AT = 10;
const CHAIN_AT = 14;
const HEADER_CHECK_AT = CHAIN_AT + CHAIN_BYTES;
export const HEADER_BYTES = 56;

const LOOK_BYTES = 256;

const ENTRY = 1;
const ANCHOR = 2;
const BODY_AT = 4;
/** Of an entry, in characters. */
export const MOST_TEXT = 320;

export interface Header extends Head {
  /** Counts all pages ever begun: of two of one sequence the later counts. */
  readonly stamp: number;
  /** The page's place in the record. */
  readonly sequence: number;
}

export function entryPieceBytes(textLength: number): number {
  return BODY_AT + SALT_BYTES + textLength + CHECK_BYTES;
}

/** Writes all of a header but what makes it count. */
export function writeHeader(pages: Pages, position: number, header: Header, seal: Seal): void {
  const bytes = new Uint8Array(HEADER_BYTES).fill(BLANK);
  bytes[1] = VERSION;
  putU32(bytes, STAMP_AT, header.stamp);
  putU32(bytes, SEQUENCE_AT, header.sequence);
  putU32(bytes, INDEX_AT, header.index);
  bytes.set(header.chain, CHAIN_AT);
  bytes.set(checkOf(seal, bytes.subarray(1, HEADER_CHECK_AT)), HEADER_CHECK_AT);
  pages.write(position, 1, bytes.subarray(1));
}

/** Makes a header count, and with it the page. */
export function finishHeader(pages: Pages, position: number): void {
  pages.write(position, 0, Uint8Array.of(DONE));
}

export function readHeader(pages: Pages, position: number, seal: Seal): Header | undefined {
  const bytes = new Uint8Array(HEADER_BYTES);
  pages.read(position, 0, bytes);
  if (bytes[0] !== DONE || bytes[1] !== VERSION) return undefined;
  const check = bytes.subarray(HEADER_CHECK_AT, HEADER_CHECK_AT + CHECK_BYTES);
  if (!areEqual(check, checkOf(seal, bytes.subarray(1, HEADER_CHECK_AT)))) return undefined;
  return {
    stamp: getU32(bytes, STAMP_AT),
    sequence: getU32(bytes, SEQUENCE_AT),
    index: getU32(bytes, INDEX_AT),
    chain: bytes.slice(CHAIN_AT, HEADER_CHECK_AT),
  };
}

/** Returns where the next piece goes. */
export function writeEntry(
  pages: Pages,
  position: number,
  offset: number,
  entry: { readonly salt: Uint8Array; readonly text: Uint8Array; readonly chain: Uint8Array },
): number {
  const check = entry.chain.subarray(0, CHECK_BYTES);
  return writePiece(pages, position, offset, ENTRY, joined(entry.salt, entry.text), check);
}

/** Returns where the next piece goes. */
export function writeAnchor(pages: Pages, position: number, offset: number, head: Head, seal: Seal): number {
  const body = new Uint8Array(4 + CHAIN_BYTES);
  putU32(body, 0, head.index);
  body.set(head.chain, 4);
  return writePiece(pages, position, offset, ANCHOR, body, anchorCheck(seal, body));
}

function writePiece(
  pages: Pages,
  position: number,
  offset: number,
  kind: number,
  body: Uint8Array,
  check: Uint8Array,
): number {
  const start = Uint8Array.of(kind, 0, 0);
  putU16(start, 1, body.length);
  pages.write(position, offset + 1, joined(start, body, check));
  pages.write(position, offset, Uint8Array.of(DONE));
  return offset + BODY_AT + body.length + CHECK_BYTES;
}

function anchorCheck(seal: Seal, body: Uint8Array): Uint8Array {
  return checkOf(seal, joined(Uint8Array.of(ANCHOR), body));
}

function checkOf(seal: Seal, bytes: Uint8Array): Uint8Array {
  return seal.sha256(bytes).slice(0, CHECK_BYTES);
}

/** How the pieces of a page end. */
export interface PageEnd extends Head {
  readonly offset: number;
  /** `blank`: room for more. `torn`: power was lost over what comes next. `spoilt`: what comes next was done once and is
   * not what it was. */
  readonly rest: 'blank' | 'torn' | 'spoilt';
}

/** Gives the pieces of a page, as far as they are whole, and returns how they end. An item's head is the chain after it. */
export function* piecesOf(
  pages: Pages,
  position: number,
  header: Head,
  seal: Seal,
): Generator<Item & Head, PageEnd> {
  let { index, chain } = header;
  for (let offset = HEADER_BYTES; ; ) {
    const end = (rest: PageEnd['rest']): PageEnd => ({ index, chain, offset, rest });
    const found = findPiece(pages, position, offset, { index, chain }, seal);
    if (found === undefined) return end(isBlank(pages, position, offset) ? 'blank' : 'spoilt');
    const { done, piece, nextAt } = found;
    if (done !== DONE) {
      if (isBlank(pages, position, offset)) return end('blank');
      // nothing was written behind what power was lost over
      const behind = piece ? nextAt : offset + entryPieceBytes(MOST_TEXT);
      return end(isBlank(pages, position, behind) ? 'torn' : 'spoilt');
    }
    if (piece === undefined) return end('spoilt');
    ({ index, chain } = piece.after);
    offset = nextAt;
    yield piece.item;
  }
}

/** What stands at an offset, done or not; its piece is undefined unless it is whole. Undefined at the end of a page. */
function findPiece(
  pages: Pages,
  position: number,
  offset: number,
  at: Head,
  seal: Seal,
): { readonly done: number; readonly piece: Piece | undefined; readonly nextAt: number } | undefined {
  const [done, kind = 0, low = 0, high = 0] = read(pages, position, offset, BODY_AT);
  if (done === undefined) return undefined;
  const bodyBytes = low | (high << 8);
  const nextAt = offset + BODY_AT + bodyBytes + CHECK_BYTES;
  if (nextAt > pages.byteLength) return { done, piece: undefined, nextAt };
  const piece = pieceOf(kind, read(pages, position, offset + BODY_AT, bodyBytes), at, seal);
  const check = read(pages, position, nextAt - CHECK_BYTES, CHECK_BYTES);
  return { done, piece: piece && areEqual(check, piece.check) ? piece : undefined, nextAt };
}

interface Piece {
  readonly item: Item & Head;
  readonly after: Head;
  readonly check: Uint8Array;
}

function pieceOf(kind: number, body: Uint8Array, { index, chain }: Head, seal: Seal): Piece | undefined {
  if (kind === ENTRY && body.length > SALT_BYTES) {
    const salt = body.slice(0, SALT_BYTES);
    const text = asciiOf(body.subarray(SALT_BYTES));
    const after = { index: index + 1, chain: linked(seal, chain, salt, text) };
    const item = { type: 'entry', index, salt, text, chain: after.chain } as const;
    return { item, after, check: after.chain.slice(0, CHECK_BYTES) };
  }
  if (kind === ANCHOR && body.length === 4 + CHAIN_BYTES) {
    const after = { index: getU32(body, 0), chain: body.slice(4) };
    return { item: { type: 'anchor', ...after }, after, check: anchorCheck(seal, body) };
  }
  return undefined;
}

function read(pages: Pages, position: number, offset: number, byteLength: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(byteLength, pages.byteLength - offset)));
  pages.read(position, offset, bytes);
  return bytes;
}

/** Whether a page holds nothing from an offset on. */
export function isBlank(pages: Pages, position: number, from: number): boolean {
  for (let offset = from; offset < pages.byteLength; offset += LOOK_BYTES)
    for (const byte of read(pages, position, offset, LOOK_BYTES)) if (byte !== BLANK) return false;
  return true;
}
