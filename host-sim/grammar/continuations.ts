import { isWord } from './expression';
import { type Graph, perState } from './graph';

/** How a sentence that has ended may go on into one that means something else; the decoder waits accordingly. */
export const NOTHING_FOLLOWS = 0;
/** "seven" may be the beginning of "seventeen": nobody pauses there for long. */
export const THE_WORD_GOES_ON = 1;
/** "twenty" may be followed by "one". */
export const WORDS_FOLLOW = 2;
/** Whatever is said from there on belongs to the sentence. */
export const ANYTHING_FOLLOWS = 3;

/** One way to hear what was said so far: where it has led, and what it has put out beyond what all ways share;
 * `undefined` once that can no longer become what another way puts out. */
interface Way {
  readonly state: number;
  readonly rest: readonly string[] | undefined;
  readonly isInSlot: boolean;
  /** The phone was the last of a word. */
  readonly endsWord: boolean;
}

/** Which states the same sounds reach. The graph is deterministic in phones and outputs together: the same words may
 * stand for several things ("twenty" alone, or before "one"), each a path of its own, and only over all of them can be
 * said whether anything follows. */
export class Continuations {
  private readonly sets: (readonly Way[])[] = [];
  private readonly idOfKey = new Map<string, number>();
  private readonly successors = new Map<number, ReadonlyMap<number, number>>();
  private readonly onlyMeaning: (stateAndSlot: number) => string;

  constructor(
    private readonly graph: Graph,
    private readonly meaningOf: (ending: number) => readonly string[],
  ) {
    this.onlyMeaning = perState((key, self) => {
      const all = new Set(this.meaningsOfArcs(key, self));
      for (const ending of graph.state(key >> 1).endings) all.add(meaningOf(ending).join('\n'));
      return all.size === 1 ? ([...all][0] as string) : MANY;
    });
  }

  /** The set that holds the root alone. */
  start(root: number): number {
    return this.idOf([{ state: root, rest: [], isInSlot: false, endsWord: true }]);
  }

  /** The set that a phone leads to. */
  after(set: number, phone: number): number {
    const known = this.successors.get(set) ?? this.successorsOf(this.waysOf(set));
    this.successors.set(set, known);
    const next = known.get(phone);
    if (next === undefined) throw new RangeError(`phone ${phone} leads nowhere from set ${set}`);
    return next;
  }

  /** What may follow where the sentence ends in a state of the set. */
  follows(set: number, state: number): number {
    const ways = this.waysOf(set);
    return Math.max(...ways.filter((way) => way.state === state).map((way) => this.followsOne(ways, way)));
  }

  private followsOne(ways: readonly Way[], ended: Way): number {
    const [ending] = this.graph.state(ended.state).endings;
    const outputs = ending === undefined ? [] : this.meaningOf(ending);
    const others = ways.filter((way) => {
      const isSame = way === ended || (way.rest !== undefined && ended.rest !== undefined);
      const meaning = [...(ended.rest ?? []), ...outputs].join('\n');
      return this.meaningsAfter(way).some((later) => !isSame || later !== meaning);
    });
    if (others.length === 0) return NOTHING_FOLLOWS;
    return others.some((way) => way.endsWord) ? WORDS_FOLLOW : THE_WORD_GOES_ON;
  }

  /** Whole meanings of the sentences that go on, or MANY. */
  private meaningsAfter({ state, rest, isInSlot }: Way): string[] {
    return this.meaningsOfArcs(2 * state + Number(isInSlot), this.onlyMeaning).map((later) =>
      joined((rest ?? []).join('\n'), later),
    );
  }

  private meaningsOfArcs(key: number, onlyMeaning: (key: number) => string): string[] {
    return this.graph.state(key >> 1).arcs.map((arc) => {
      const { marks, isInSlot } = meaningful(arc.outputs, (key & 1) === 1);
      return joined(marks.join('\n'), onlyMeaning(2 * arc.target + Number(isInSlot)));
    });
  }

  private waysOf(set: number): readonly Way[] {
    return this.sets[set] ?? [];
  }

  private successorsOf(ways: readonly Way[]): ReadonlyMap<number, number> {
    const byPhone = new Map<number, Way[]>();
    for (const way of ways) {
      for (const arc of this.graph.state(way.state).arcs) {
        const { marks, isInSlot } = meaningful(arc.outputs, way.isInSlot);
        const next = {
          state: arc.target,
          rest: way.rest && [...way.rest, ...marks],
          isInSlot,
          endsWord: arc.outputs.some(isWord),
        };
        byPhone.set(arc.phone, [...(byPhone.get(arc.phone) ?? []), next]);
      }
    }
    return new Map([...byPhone].map(([phone, reached]) => [phone, this.idOf(compared(reached))]));
  }

  private idOf(ways: readonly Way[]): number {
    const byKey = new Map(ways.map((way) => [keyOf(way), way]));
    const key = [...byKey.keys()].sort().join('\f');
    const known = this.idOfKey.get(key);
    if (known !== undefined) return known;
    this.idOfKey.set(key, this.sets.length);
    return this.sets.push([...byKey.values()]) - 1;
  }
}

function keyOf({ state, rest, isInSlot, endsWord }: Way): string {
  return `${state}:${isInSlot}:${endsWord}:${rest?.join('\n')}`;
}

/** No mark. */
const MANY = '\0';

function joined(first: string, second: string): string {
  if (second === MANY) return MANY;
  return first === '' ? second : second === '' ? first : `${first}\n${second}`;
}

/** Marks, and the words of slots: words outside of them mean nothing. */
function meaningful(outputs: readonly string[], inSlot: boolean): { marks: string[]; isInSlot: boolean } {
  let isInSlot = inSlot;
  const marks = outputs.filter((text) => {
    if (text.startsWith('{')) isInSlot = true;
    const counts = isInSlot || !isWord(text);
    if (text === '}') isInSlot = false;
    return counts;
  });
  return { marks, isInSlot };
}

/** Without what all have put out. Those that have put out different things stay different, whatever follows. */
function compared(ways: readonly Way[]): readonly Way[] {
  const rests = ways.flatMap(({ rest }) => (rest === undefined ? [] : [rest]));
  if (ways.length === 1) return ways.map((way) => ({ ...way, rest: [] }));
  if (rests.length < ways.length) return ways.map((way) => ({ ...way, rest: undefined }));
  const [longest = []] = [...rests].sort((left, right) => right.length - left.length);
  if (rests.some((rest) => rest.some((mark, index) => mark !== longest[index])))
    return ways.map((way) => ({ ...way, rest: undefined }));
  const common = Math.min(...rests.map((rest) => rest.length));
  return ways.map((way) => ({ ...way, rest: way.rest?.slice(common) }));
}
