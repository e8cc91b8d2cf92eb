import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../../firmware/core/command';
import { buildGraph, type SpokenGraph } from '../../../host-sim/grammar/build-graph';
import type { GrammarSource, ImportResolver } from '../../../host-sim/grammar/grammar';
import { createLexicon, type PronouncingDictionary } from '../../../host-sim/grammar/lexicon';
import { readGrammar } from '../../../host-sim/grammar/read-grammar';
import { understandText } from '../../../host-sim/grammar/understand-text';

export const ROOT = join(__dirname, '../../..');

export function sourceOf(path: string): GrammarSource {
  return { file: path, text: readFileSync(join(ROOT, path), 'utf8') };
}

export const besideImporter: ImportResolver = (path, importer) => sourceOf(join(importer, '..', path));

export function graphOf(
  source: GrammarSource | string,
  dictionary: PronouncingDictionary = {},
  resolveImport: ImportResolver = () => undefined,
): SpokenGraph {
  const given = typeof source === 'string' ? { file: 'test.grammar', text: source } : source;
  const grammar = readGrammar(given, resolveImport);
  return buildGraph(grammar, createLexicon(dictionary, grammar.pronunciations));
}

/** What the graph makes of a text, as the decoder would when it heard every phone right. */
export function understand(spoken: SpokenGraph, text: string): Command | undefined {
  const understanding = understandText(spoken, text);
  return understanding.kind === 'command' ? understanding.command : undefined;
}

/** What may follow a text where it ends, over all states in which it may have ended. */
export function followsAfter(spoken: SpokenGraph, text: string): number[] {
  const found = new Set<number>();
  const seen = new Set<string>();
  const walk = (id: number, words: readonly string[]): void => {
    const key = `${id}:${words.length}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { arcs, endings } = spoken.graph.state(id);
    if (words.length === 0) for (const ending of endings) found.add(spoken.endings[ending]?.follows ?? -1);
    for (const arc of arcs) {
      const said = arc.outputs.filter((output) => /^[a-z]/.test(output));
      if (said.every((word, index) => word === words[index])) walk(arc.target, words.slice(said.length));
    }
  };
  walk(spoken.root, text.split(' '));
  return [...found].sort();
}
