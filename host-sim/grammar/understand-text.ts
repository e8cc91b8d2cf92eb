import { type Command, commandOf } from '../../firmware/core/command';
import type { SpokenGraph } from './build-graph';
import { ANYTHING_FOLLOWS } from './continuations';
import { isWord } from './expression';
import { NEVER } from './grammar';
import type { Arc } from './graph';
import { isHesitation } from './lexicon';

/** What a grammar makes of a text, as the decoder would when it heard every phone right. */
export type Understanding =
  | { readonly kind: 'command'; readonly command: Command }
  /** A sentence that the grammar names so that it is not taken for another. */
  | { readonly kind: 'never'; readonly words: string }
  | { readonly kind: 'stopped'; readonly stop: Stop };

/** Where the grammar knew no way on. */
export interface Stop {
  /** Of the words so many were understood. */
  readonly understood: number;
  /** What could have come there: words, and `{slot}` where one begins. Sorted. */
  readonly couldCome: readonly string[];
}

/** Without capitals, punctuation and hesitations, one word after the other. */
export function wordsOfText(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^\p{L}\p{N}'\s_-]+/gu, ' ');
  return plain.split(/\s+/).filter((word) => word !== '' && !isHesitation(word));
}

export function understandText(spoken: SpokenGraph, text: string): Understanding {
  const words = wordsOfText(text);
  const walk = new Walk(spoken, words);
  const tokens = walk.from(spoken.root, 0);
  if (tokens === undefined) return { kind: 'stopped', stop: walk.stop() };
  const command = commandOf([...spoken.rootOutputs, ...tokens]);
  if (command === undefined) throw new RangeError(`'${text}' ends without an intent`);
  return command.intent === NEVER ? { kind: 'never', words: command.words } : { kind: 'command', command };
}

class Walk {
  private readonly dead = new Set<string>();
  private farthest = 0;
  private readonly waiting = new Set<number>();

  constructor(
    private readonly spoken: SpokenGraph,
    private readonly words: readonly string[],
  ) {}

  /** What goes out from a state on, to the end of the words; undefined where no way leads there. */
  from(id: number, index: number): string[] | undefined {
    const key = `${id}:${index}`;
    if (this.dead.has(key)) return undefined;
    const { arcs, endings } = this.spoken.graph.state(id);
    const ending = this.spoken.endings[endings[0] ?? -1];
    if (ending !== undefined && index === this.words.length) return [...ending.outputs];
    for (const arc of arcs) {
      const rest = this.along(arc, index);
      if (rest !== undefined) return [...arc.outputs, ...rest];
    }
    if (ending?.follows === ANYTHING_FOLLOWS) return [...ending.outputs];
    this.dead.add(key);
    return undefined;
  }

  stop(): Stop {
    const { graph, root } = this.spoken;
    const starts = this.farthest === 0 ? [root] : [...this.waiting];
    const next = new Set<string>();
    const seen = new Set<number>();
    for (const id of starts) {
      for (const arc of graph.state(id).arcs) {
        const first = arc.outputs.find((text) => isWord(text) || text.startsWith('{'));
        if (first !== undefined) next.add(first.startsWith('{') ? `${first}}` : first);
        else if (!seen.has(arc.target)) starts.push(arc.target);
        seen.add(arc.target);
      }
    }
    return { understood: this.farthest, couldCome: [...next].sort() };
  }

  private along(arc: Arc, index: number): string[] | undefined {
    const said = arc.outputs.filter(isWord);
    if (said.some((word, offset) => word !== this.words[index + offset])) return undefined;
    const after = index + said.length;
    if (said.length > 0 && after >= this.farthest) {
      if (after > this.farthest) this.waiting.clear();
      this.farthest = after;
      this.waiting.add(arc.target);
    }
    return this.from(arc.target, after);
  }
}
