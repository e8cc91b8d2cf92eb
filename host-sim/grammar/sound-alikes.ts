import { type Command, commandOf } from '../../firmware/core/command';
import type { SpokenGraph } from './build-graph';
import { isWord } from './expression';
import { perState } from './graph';

/** Two sentences that sound the same and mean different things; what is said first is what the decoder may take. */
export interface SoundAlike {
  readonly said: string;
  readonly meaning: string;
  readonly otherSaid: string;
  readonly otherMeaning: string;
  /** What each puts out beside words and slots: the intent and what it fills in unsaid. */
  readonly marks: string;
  readonly otherMarks: string;
}

/** Two ways of hearing the same phones: where each has got to, and what each has put out. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly leftTokens: readonly string[];
  readonly rightTokens: readonly string[];
}

/** No grammar for people comes near these; they bound the time for one that is all alike. A pair costs what it has put
 * out, an example its letters; the home commands take 24,000 pairs of a few words. */
const MOST_WORK = 1_000_000;
const MOST_ENDINGS = 200;

/** Walks the graph twice at once along the same phones. One example is given for each pair of meanings, whatever the
 * numbers in them. */
export function soundAlikes(spoken: SpokenGraph, limit = 20): SoundAlike[] {
  const completions = shortestCompletions(spoken);
  const start: Pair = { left: spoken.sentences, right: spoken.sentences, leftTokens: [], rightTokens: [] };
  const found = new Map<string, SoundAlike>();
  const seen = new Set<string>();
  let work = 0;
  const waiting = [start]; // shortest first, so that the examples are short
  for (const pair of waiting) {
    if (found.size >= limit || work > MOST_WORK) break;
    work += 1 + pair.leftTokens.length + pair.rightTokens.length;
    const key = pairKey(pair);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const alike of alikesAt(spoken, pair, completions)) {
      if (found.size >= limit) break;
      work += alike.said.length + alike.otherSaid.length;
      const meanings = [alike.meaning, alike.otherMeaning]
        .sort()
        .join('|')
        .replace(/(?<=[:[,])-?\d+(\.\d+)?/g, '#');
      if (!found.has(meanings)) found.set(meanings, alike);
    }
    if (!isSettled(pair)) waiting.push(...nextPairs(spoken, pair));
  }
  return [...found.values()];
}

/** Both are at the same place with different things heard: whatever follows, they stay alike. */
function isSettled(pair: Pair): boolean {
  return pair.left === pair.right && differenceOf(pair) !== '';
}

function pairKey(pair: Pair): string {
  return `${pair.left},${pair.right}:${differenceOf(pair)}`;
}

/** What the two have put out without what they agree on from the start; words outside of slots mean nothing. */
function differenceOf({ leftTokens, rightTokens }: Pair): string {
  const left = meaningfulOf(leftTokens);
  const right = meaningfulOf(rightTokens);
  let common = 0;
  while (common < left.length && left[common] === right[common]) common++;
  const difference = `${left.slice(common).join()}/${right.slice(common).join()}`;
  return difference === '/' ? '' : difference;
}

function meaningfulOf(tokens: readonly string[]): string[] {
  let inSlot = false;
  return tokens.filter((token) => {
    if (token.startsWith('{')) inSlot = true;
    const meaningful = inSlot || !isWord(token);
    if (token === '}') inSlot = false;
    return meaningful;
  });
}

/** For each state a short way to an ending: what it puts out, and the ending's meaning last. */
function shortestCompletions(spoken: SpokenGraph): (id: number) => readonly string[] {
  return perState<readonly string[]>((id, self) => {
    const { arcs, endings } = spoken.graph.state(id);
    if (endings[0] !== undefined) return spoken.meaningOf(endings[0]);
    const ways = arcs.map((arc) => [...arc.outputs, ...self(arc.target)]);
    return ways.reduce((best, way) => (way.length < best.length ? way : best), ways[0] ?? []);
  });
}

function nextPairs(spoken: SpokenGraph, pair: Pair): Pair[] {
  const pairs: Pair[] = [];
  const leftArcs = spoken.graph.state(pair.left).arcs;
  const rightArcs = spoken.graph.state(pair.right).arcs;
  leftArcs.forEach((left, leftIndex) => {
    rightArcs.forEach((right, rightIndex) => {
      if (left.phone !== right.phone || (leftArcs === rightArcs && rightIndex < leftIndex)) return;
      pairs.push({
        left: left.target,
        right: right.target,
        leftTokens: [...pair.leftTokens, ...left.outputs],
        rightTokens: [...pair.rightTokens, ...right.outputs],
      });
    });
  });
  return pairs;
}

function alikesAt(
  spoken: SpokenGraph,
  pair: Pair,
  completions: (id: number) => readonly string[],
): SoundAlike[] {
  if (isSettled(pair)) {
    const rest = completions(pair.left);
    return alikeOf([...pair.leftTokens, ...rest], [...pair.rightTokens, ...rest]);
  }
  return spoken.graph
    .state(pair.left)
    .endings.slice(0, MOST_ENDINGS)
    .flatMap((left) =>
      spoken.graph
        .state(pair.right)
        .endings.slice(0, MOST_ENDINGS)
        .flatMap((right) =>
          alikeOf(
            [...pair.leftTokens, ...spoken.meaningOf(left)],
            [...pair.rightTokens, ...spoken.meaningOf(right)],
          ),
        ),
    );
}

function alikeOf(leftTokens: readonly string[], rightTokens: readonly string[]): SoundAlike[] {
  const left = commandOf(leftTokens);
  const right = commandOf(rightTokens);
  if (left === undefined || right === undefined || canonical(left) === canonical(right)) return [];
  return [
    {
      said: left.words,
      meaning: meaningOf(left),
      marks: marksOf(leftTokens),
      otherSaid: right.words,
      otherMeaning: meaningOf(right),
      otherMarks: marksOf(rightTokens),
    },
  ];
}

/** The intent and what is filled in unsaid, as `marks` has it. */
export function marksOf(tokens: readonly string[]): string {
  return tokens
    .filter((token) => /^[<@]/.test(token))
    .sort()
    .join('\n');
}

function meaningOf(command: Command): string {
  return `${command.intent} ${JSON.stringify(command.slots)}`;
}

function canonical({ intent, slots }: Command): string {
  return JSON.stringify([intent, Object.entries(slots).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
