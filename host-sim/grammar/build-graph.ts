import { ANYTHING_FOLLOWS, Continuations, NOTHING_FOLLOWS } from './continuations';
import { ANYTHING, CAREFUL, canBeEmpty, type Expression, type Word } from './expression';
import type { Grammar, Sentence } from './grammar';
import { type Arc, Graph, perState } from './graph';
import { isHesitation, type Lexicon } from './lexicon';
import { phoneIndex } from './phones';
import { errorAt } from './problem';

/** Where speech goes on, and the marks that the word before it must put out. */
interface Exit {
  readonly outputs: readonly string[];
  readonly state: number;
}

export interface Ending {
  readonly outputs: readonly string[];
  /** Whether a longer sentence that means something else begins with the same words: of `continuations.ts`. */
  readonly follows: number;
}

interface Settled {
  /** States from here on end with indices of `endings`. */
  readonly root: number;
  /** Strings that hold for every sentence. */
  readonly rootOutputs: readonly string[];
  readonly endings: readonly Ending[];
}

export interface SpokenGraph extends Settled {
  readonly graph: Graph;
  /** The sentences alone, without courtesies after them; its states end with indices for `meaningOf`. */
  readonly sentences: number;
  meaningOf(ending: number): readonly string[];
}

/** Words to phones, sentences to one minimal graph. */
export function buildGraph(grammar: Grammar, lexicon: Lexicon): SpokenGraph {
  const builder = new Builder(lexicon);
  const meanings = new Meanings();
  let root = -1;
  for (const sentence of grammar.sentences) {
    const end = builder.graph.make([], [meanings.idOf(meaningOf(sentence, grammar))]);
    const begin = builder.startOf(sentence.said, [{ outputs: [], state: end }]);
    root = root < 0 ? begin : builder.graph.union(root, begin);
  }
  if (grammar.before !== undefined) {
    root = builder.graph.union(
      root,
      builder.startOf(nonEmpty(grammar.before), [{ outputs: [], state: root }]),
    );
  }
  const settled = settle(
    builder,
    meanings,
    root,
    grammar.after === undefined ? undefined : nonEmpty(grammar.after),
  );
  return {
    graph: builder.graph,
    sentences: root,
    meaningOf: (ending) => meanings.outputsOf(ending),
    ...settled,
  };
}

/** What a sentence puts out beside its words and slots. */
export function meaningOf({ intent, constants, isOpen }: Sentence, { careful }: Grammar): string[] {
  const marks = [...(careful.has(intent) ? [CAREFUL] : []), ...(isOpen ? [ANYTHING] : [])];
  return [`<${intent}`, ...constants, ...marks];
}

/** Around a sentence everything may be left out anyway. */
function nonEmpty(expression: Expression): Expression {
  if (expression.kind !== 'choice') return expression;
  return { kind: 'choice', options: expression.options.filter((option) => !canBeEmpty(option)) };
}

class Meanings {
  private readonly ids = new Map<string, number>();
  private readonly outputs: (readonly string[])[] = [];

  idOf(outputs: readonly string[]): number {
    const key = outputs.join('\n');
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.outputs.length;
      this.ids.set(key, id);
      this.outputs.push(outputs);
    }
    return id;
  }

  outputsOf(id: number | undefined): readonly string[] {
    return id === undefined ? [] : (this.outputs[id] ?? []);
  }
}

class Builder {
  readonly graph = new Graph();
  private readonly known = new Map<Expression, Map<string, Exit[]>>();

  constructor(private readonly lexicon: Lexicon) {}

  startOf(expression: Expression, exits: readonly Exit[]): number {
    const silent = this.build(expression, exits).filter((exit) => exit.outputs.length === 0);
    const start = silent[0];
    if (start === undefined) throw new RangeError('a sentence has no words');
    return start.state;
  }

  /** From the end backwards: the exits that stand before the expression when these stand after it. */
  build(expression: Expression, exits: readonly Exit[]): Exit[] {
    const key = exits.map((exit) => `${exit.outputs.join('\t')}>${exit.state}`).join('\n');
    const memory = this.known.get(expression) ?? new Map<string, Exit[]>();
    this.known.set(expression, memory);
    const known = memory.get(key);
    if (known !== undefined) return known;
    const built = this.buildAnew(expression, exits);
    memory.set(key, built);
    return built;
  }

  private buildAnew(expression: Expression, exits: readonly Exit[]): Exit[] {
    switch (expression.kind) {
      case 'word':
        return [{ outputs: [], state: this.buildWord(expression, exits) }];
      case 'mark':
        return exits.map((exit) => ({ ...exit, outputs: [expression.text, ...exit.outputs] }));
      case 'slot':
        return this.build(expression.body, exits);
      case 'sequence':
        return expression.items.reduceRight<Exit[]>((after, item) => this.build(item, after), [...exits]);
      case 'choice':
        return this.merge(expression.options.flatMap((option) => this.build(option, exits)));
    }
  }

  private merge(exits: readonly Exit[]): Exit[] {
    const merged = new Map<string, Exit>();
    for (const exit of exits) {
      const key = exit.outputs.join('\n');
      const twin = merged.get(key);
      merged.set(
        key,
        twin === undefined ? exit : { ...exit, state: this.graph.union(twin.state, exit.state) },
      );
    }
    return [...merged.values()];
  }

  private buildWord(word: Word, exits: readonly Exit[]): number {
    const starts: Arc[] = [];
    const text = isHesitation(word.text) ? [] : [word.text];
    for (const pronunciation of this.lexicon.pronunciationsOf(word.text)) {
      let arcs: Arc[] = [];
      [...pronunciation].reverse().forEach((choices, fromEnd) => {
        const following =
          fromEnd === 0
            ? exits.map((exit) => ({
                target: exit.state,
                outputs: [...word.opening, ...text, ...exit.outputs],
              }))
            : [{ target: this.graph.make(arcs), outputs: [] }];
        arcs = choices.flatMap((phone) =>
          following.map((next) => ({ phone: phoneIndex(phone) ?? 0, ...next })),
        );
      });
      starts.push(...arcs);
    }
    if (starts.length === 0)
      throw errorAt(word.place, `'${word.text}' has no sound. Write "say ${word.text}: PHONES".`);
    return this.graph.make(starts);
  }
}

/** Moves every sentence's meaning to the first phone at which it is sure, so that the words after it are shared
 * between intents; then puts the courtesies behind every ending. */
function settle(
  builder: Builder,
  meanings: Meanings,
  spoken: number,
  after: Expression | undefined,
): Settled {
  const { graph } = builder;
  const certain = perState<number>((id, self) => {
    const { arcs, endings } = graph.state(id);
    const all = new Set([...endings, ...arcs.map((arc) => self(arc.target))]);
    return all.size === 1 ? ([...all][0] ?? MANY) : MANY;
  });
  const continuations = new Continuations(graph, (ending) => meanings.outputsOf(ending));
  const endings: Ending[] = [{ outputs: [], follows: NOTHING_FOLLOWS }];
  const silence = graph.make([], [0]);
  const rebuild = memoised((id: number, set: number, settled: boolean): number => {
    const state = graph.state(id);
    const arcs = state.arcs.map((arc): Arc => {
      const meaning = settled ? MANY : certain(arc.target);
      const target = rebuild(arc.target, continuations.after(set, arc.phone), settled || meaning !== MANY);
      if (meaning === MANY) return { ...arc, target };
      return { ...arc, outputs: [...arc.outputs, ...meanings.outputsOf(meaning)], target };
    });
    if (state.endings.length === 0) return graph.make(arcs);
    const outputs = settled ? [] : meanings.outputsOf(state.endings[0]);
    const isOpen = state.endings.some((ending) => meanings.outputsOf(ending).includes(ANYTHING));
    if (isOpen) return graph.make(arcs, [endingIndex(endings, { outputs, follows: ANYTHING_FOLLOWS })]);
    const tail =
      after === undefined ? [] : graph.state(builder.startOf(after, [{ outputs, state: silence }])).arcs;
    const follows = continuations.follows(set, id);
    return graph.make([...arcs, ...tail], [endingIndex(endings, { outputs, follows })]);
  });
  const meaning = certain(spoken);
  const root = rebuild(spoken, continuations.start(spoken), meaning !== MANY);
  return { root, rootOutputs: meaning === MANY ? [] : meanings.outputsOf(meaning), endings };
}

function memoised(
  compute: (id: number, set: number, settled: boolean) => number,
): (id: number, set: number, settled: boolean) => number {
  const known = new Map<string, number>();
  return (id, set, settled) => {
    const key = `${id},${set},${settled}`;
    const result = known.get(key) ?? compute(id, set, settled);
    known.set(key, result);
    return result;
  };
}

function endingIndex(endings: Ending[], ending: Ending): number {
  const same = (other: Ending) =>
    other.follows === ending.follows && other.outputs.join() === ending.outputs.join();
  const index = endings.findIndex(same);
  return index >= 0 ? index : endings.push(ending) - 1;
}

const MANY = -1;
