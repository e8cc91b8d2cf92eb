import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, commandOf } from '../../../firmware/core/command';
import { buildGraph, type SpokenGraph } from '../../../host-sim/grammar/build-graph';
import type { GrammarSource, ImportResolver } from '../../../host-sim/grammar/grammar';
import { createLexicon, type PronouncingDictionary } from '../../../host-sim/grammar/lexicon';
import { readGrammar } from '../../../host-sim/grammar/read-grammar';

export const ROOT = join(__dirname, '../../..');

export function sourceOf(path: string): GrammarSource {
  return { file: path, text: readFileSync(join(ROOT, path), 'utf8') };
}

export const besideImporter: ImportResolver = (path, importer) => sourceOf(join(importer, '..', path));

export function networkOf(
  source: GrammarSource | string,
  dictionary: PronouncingDictionary = {},
  resolveImport: ImportResolver = () => undefined,
): SpokenGraph {
  const given = typeof source === 'string' ? { file: 'test.grammar', text: source } : source;
  const grammar = readGrammar(given, resolveImport);
  return buildGraph(grammar, createLexicon(dictionary, grammar.pronunciations));
}

/** What the network makes of a text, as the decoder would when it heard every phone right. */
export function understand(spoken: SpokenGraph, text: string): Command | undefined {
  const tokens = pathOf(spoken, spoken.root, text.split(' '), new Set());
  return tokens === undefined ? undefined : commandOf([...spoken.rootOutputs, ...tokens]);
}

function pathOf(
  spoken: SpokenGraph,
  id: number,
  words: readonly string[],
  dead: Set<string>,
): string[] | undefined {
  const key = `${id}:${words.length}`;
  if (dead.has(key)) return undefined;
  const { arcs, endings } = spoken.graph.state(id);
  const ending = endings[0];
  if (words.length === 0 && ending !== undefined) return [...(spoken.endings[ending]?.outputs ?? [])];
  for (const arc of arcs) {
    const said = arc.outputs.filter((text) => /^[a-z]/.test(text));
    if (said.some((word, index) => word !== words[index])) continue;
    const rest = pathOf(spoken, arc.target, words.slice(said.length), dead);
    if (rest !== undefined) return [...arc.outputs, ...rest];
  }
  dead.add(key);
  return undefined;
}
