import { areEqual, bytesOfAscii, joined } from './bytes';
import { CHAIN_BYTES, type Entry, type Head, type Item } from './entry';
import type { Seal } from './ports';

/** The chain before the first entry. */
export function beginning(): Uint8Array {
  return new Uint8Array(CHAIN_BYTES);
}

/** The chain after an entry: SHA-256 of the chain before it, its salt and its text. */
export function linked(seal: Seal, chain: Uint8Array, salt: Uint8Array, text: string): Uint8Array {
  return seal.sha256(joined(chain, salt, bytesOfAscii(text)));
}

/** Entries `from` ≤ index < `through`. */
export interface Span {
  readonly from: number;
  readonly through: number;
}

export interface Verdict {
  readonly entryCount: number;
  /** Deleted as the record itself says. */
  readonly deleted: readonly Span[];
  /** What nobody may have done: entries that are gone without a deletion on record, or that were altered. */
  readonly altered: readonly Span[];
}

/** Follows a chain from its beginning to its head. `known` are heads of earlier exports: the chain has to pass through them,
 * as far as they do not lie within what was deleted. */
export function verify(seal: Seal, items: Iterable<Item>, head: Head, known: readonly Head[] = []): Verdict {
  const holes: Span[] = [];
  const altered: Span[] = [];
  const erased: Span[] = [];
  let at: Head = { index: 0, chain: beginning() };
  let entryCount = 0;
  const arrive = (next: Head): void => {
    for (const { index, chain } of known)
      if (index === next.index && !areEqual(chain, next.chain)) altered.push(before(index));
    at = next;
  };
  const anchorAt = (next: Head): void => {
    if (next.index > at.index) addHole(holes, { from: at.index, through: next.index });
    else if (next.index < at.index || !areEqual(next.chain, at.chain)) altered.push(before(at.index));
    arrive(next);
  };
  for (const item of items) {
    if (item.type === 'anchor') {
      anchorAt(item);
      continue;
    }
    const { index, salt, text } = item;
    if (index !== at.index) altered.push({ from: Math.min(index, at.index), through: index + 1 });
    arrive({ index: index + 1, chain: linked(seal, at.chain, salt, text) });
    entryCount += 1;
    const entry = entryOf(text);
    if (entry === undefined) altered.push({ from: index, through: index + 1 });
    // nothing can say of what comes after it that it was deleted
    else if (entry.type === 'erased' && entry.through <= index) erased.push(entry);
  }
  anchorAt(head);
  for (const { index } of known) if (index > head.index) altered.push({ from: head.index, through: index });
  const isDeleted = (hole: Span): boolean => isCovered(hole, erased);
  return {
    entryCount,
    deleted: holes.filter(isDeleted),
    altered: [...altered, ...holes.filter((hole) => !isDeleted(hole))].sort((a, b) => a.from - b.from),
  };
}

/** Holes that touch are one. */
function addHole(holes: Span[], { from, through }: Span): void {
  const last = holes.at(-1);
  if (last?.through === from) holes[holes.length - 1] = { from: last.from, through };
  else holes.push({ from, through });
}

/** The entry that a text is, or undefined when it is none. */
export function entryOf(text: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value && 'livedSeconds' in value
      ? (value as Entry)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether every index of a span lies in one of the others. */
function isCovered({ from, through }: Span, spans: readonly Span[]): boolean {
  let reached = from;
  for (let isFurther = true; isFurther && reached < through; ) {
    const next = spans.find((span) => span.from <= reached && span.through > reached);
    isFurther = next !== undefined;
    reached = next?.through ?? reached;
  }
  return reached >= through;
}

function before(index: number): Span {
  return { from: Math.max(0, index - 1), through: Math.max(1, index) };
}
