import { commandOf } from '../../firmware/core/command';
import type { SpokenGraph } from './build-graph';

/** Two sentences that sound the same and mean different things; what is said first is what the decoder may take. */
export interface SoundAlike {
  readonly said: string;
  readonly meaning: string;
  readonly otherSaid: string;
  readonly otherMeaning: string;
}

/** Two ways of hearing the same phones: where each has got to, and what each has put out. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly leftTokens: readonly string[];
  readonly rightTokens: readonly string[];
}

const MOST_PAIRS = 200_000;

/** Walks the network twice at once along the same phones. One example is given for each pair of meanings. */
export function soundAlikes(spoken: SpokenGraph, limit = 20): SoundAlike[] {
  const start: Pair = { left: spoken.sentences, right: spoken.sentences, leftTokens: [], rightTokens: [] };
  const found = new Map<string, SoundAlike>();
  const seen = new Set<string>();
  const waiting = [start];
  for (let pair = waiting.pop(); pair !== undefined && found.size < limit; pair = waiting.pop()) {
    for (const alike of alikesAt(spoken, pair)) {
      const key = [alike.meaning, alike.otherMeaning].sort().join('|');
      if (!found.has(key)) found.set(key, alike);
    }
    for (const next of nextPairs(spoken, pair)) {
      const key = pairKey(next);
      if (seen.has(key) || seen.size >= MOST_PAIRS) continue;
      seen.add(key);
      waiting.push(next);
    }
  }
  return [...found.values()];
}

function pairKey({ left, right, leftTokens, rightTokens }: Pair): string {
  const same = leftTokens.join() === rightTokens.join();
  return same ? `${left},${right}` : `${left},${right}:${marksOf(leftTokens)}/${marksOf(rightTokens)}`;
}

/** Words outside of slots do not change the meaning. */
function marksOf(tokens: readonly string[]): string {
  const command = commandOf(['<', ...tokens]);
  const open = tokens.slice(tokens.lastIndexOf('{') + 1);
  return JSON.stringify(command?.slots) + (open.includes('}') ? '' : open.join());
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

function alikesAt(spoken: SpokenGraph, pair: Pair): SoundAlike[] {
  const alikes: SoundAlike[] = [];
  for (const leftEnding of spoken.graph.state(pair.left).endings) {
    for (const rightEnding of spoken.graph.state(pair.right).endings) {
      const left = commandOf([...spoken.meaningOf(leftEnding), ...pair.leftTokens]);
      const right = commandOf([...spoken.meaningOf(rightEnding), ...pair.rightTokens]);
      if (left === undefined || right === undefined) continue;
      const meaning = `${left.intent} ${JSON.stringify(left.slots)}`;
      const otherMeaning = `${right.intent} ${JSON.stringify(right.slots)}`;
      if (canonical(left) === canonical(right)) continue;
      alikes.push({ said: left.words, meaning, otherSaid: right.words, otherMeaning });
    }
  }
  return alikes;
}

function canonical(command: { intent: string; slots: Readonly<Record<string, unknown>> }): string {
  return JSON.stringify([command.intent, Object.entries(command.slots).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
