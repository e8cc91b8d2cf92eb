import type { SpokenGraph } from './build-graph';
import { meaningOfCommand, NO_MEANING, type Said } from './said-table';
import { type Understanding, understandText, wordsOfText } from './understand-text';

/** What `grammar said` prints of one text. */
export function lineOf(spoken: SpokenGraph, text: string): string {
  return JSON.stringify({ said: text, ...described(understandText(spoken, text), text) });
}

function described(understanding: Understanding, text: string): object {
  switch (understanding.kind) {
    case 'command':
      return { intent: understanding.command.intent, slots: understanding.command.slots };
    case 'never':
      return { refused: 'named as not meant' };
    case 'stopped': {
      const words = wordsOfText(text);
      const { understood, couldCome } = understanding.stop;
      const at = words[understood] ?? 'the end';
      return { refused: `stopped at ${at}`, after: words.slice(0, understood).join(' '), couldCome };
    }
  }
}

export interface TableResult {
  readonly right: number;
  readonly of: number;
  /** By kind, in the table's order. */
  readonly kinds: ReadonlyMap<string, { readonly right: number; readonly of: number }>;
  readonly differences: readonly (Said & { readonly got: string })[];
}

/** Compares a table with what the grammar makes of it. */
export function checkTable(spoken: SpokenGraph, table: readonly Said[]): TableResult {
  const kinds = new Map<string, { right: number; of: number }>();
  const differences: (Said & { readonly got: string })[] = [];
  for (const line of table) {
    const understanding = understandText(spoken, line.text);
    const got = understanding.kind === 'command' ? meaningOfCommand(understanding.command) : NO_MEANING;
    const count = kinds.get(line.kind) ?? { right: 0, of: 0 };
    kinds.set(line.kind, { right: count.right + Number(got === line.meaning), of: count.of + 1 });
    if (got !== line.meaning) differences.push({ ...line, got });
  }
  return { right: table.length - differences.length, of: table.length, kinds, differences };
}

export function describeTable({ right, of, kinds, differences }: TableResult): string {
  const lines = [...kinds].map(([kind, count]) => `${kind.padEnd(10)} ${count.right} of ${count.of}`);
  const wrong = differences.map(({ text, meaning, got }) => `“${text}” is ${got}, should be ${meaning}`);
  return [...wrong, ...lines, `${'together'.padEnd(10)} ${right} of ${of}`].join('\n');
}
