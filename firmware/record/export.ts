import { asciiJson, bytesOfHex, hexOf } from './bytes';
import { entryOf, type Verdict, verify } from './chain';
import { CHAIN_BYTES, type Entry, type Head, type Item, SALT_BYTES } from './entry';
import type { Seal } from './ports';

export const EXPORT_FORMAT = 'earshot record 1';

interface ExportedHead {
  readonly index: number;
  readonly chain: string;
}
type ExportedItem =
  | { readonly index: number; readonly salt: string; readonly entry: Entry }
  | { readonly from: ExportedHead };

/** A record as JSON text, in parts so that no memory has to hold it whole. */
export function* exportText(items: Iterable<Item>, head: Head): Generator<string> {
  yield `{"format":"${EXPORT_FORMAT}","head":${JSON.stringify(exportedHead(head))},"items":[`;
  let separator = '\n';
  for (const item of items) {
    const line = lineOf(item);
    if (line !== undefined) yield separator + line;
    separator = ',\n';
  }
  yield '\n]}\n';
}

function lineOf(item: Item): string {
  if (item.type === 'anchor') return JSON.stringify({ from: exportedHead(item) });
  return `{"index":${item.index},"salt":"${hexOf(item.salt)}","entry":${item.text}}`;
}

function exportedHead({ index, chain }: Head): ExportedHead {
  return { index, chain: hexOf(chain) };
}

export interface Export {
  readonly head: Head;
  readonly items: readonly Item[];
}

/** Reads what `exportText` wrote. @throws SyntaxError that says what is wrong with it */
export function readExport(text: string): Export {
  const value = JSON.parse(text) as { format?: unknown; head?: unknown; items?: unknown };
  if (value?.format !== EXPORT_FORMAT)
    throw new SyntaxError(`its format is '${value?.format}': '${EXPORT_FORMAT}' would be right`);
  if (!Array.isArray(value.items)) throw new SyntaxError('it has no items');
  return { head: headOf(value.head, 'head'), items: value.items.map(itemOf) };
}

/** Whether an export is whole. @param known earlier exports of the same speaker */
export function checkExport(seal: Seal, { items, head }: Export, known: readonly Export[] = []): Verdict {
  return verify(
    seal,
    items,
    head,
    known.map((earlier) => earlier.head),
  );
}

function itemOf(value: ExportedItem, at: number): Item {
  if ('from' in value) return { type: 'anchor', ...headOf(value.from, `item ${at}`) };
  const { index, salt, entry } = value;
  const bytes = bytesOfHex(String(salt), SALT_BYTES);
  const text = asciiJson(entry);
  if (!Number.isInteger(index) || !bytes || !entryOf(text ?? ''))
    throw new SyntaxError(
      `item ${at} is no entry: index, salt of ${SALT_BYTES} bytes and entry would be right`,
    );
  return { type: 'entry', index, salt: bytes, text };
}

function headOf(value: unknown, where: string): Head {
  const { index, chain } = (value ?? {}) as Partial<ExportedHead>;
  const bytes = bytesOfHex(String(chain), CHAIN_BYTES);
  if (!Number.isInteger(index) || !bytes)
    throw new SyntaxError(`${where} has no index and chain of ${CHAIN_BYTES} bytes in hex`);
  return { index: index as number, chain: bytes };
}
