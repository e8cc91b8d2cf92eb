/** What was said beside what was heard; undefined on one side where there is nothing. */
export interface Pair {
  readonly said: string | undefined;
  readonly heard: string | undefined;
}

/** The best way to lay what was heard over what was said up to some place. */
interface Way {
  readonly errors: number;
  readonly pair: Pair | undefined;
  readonly before: Way | undefined;
}

/** Each word may be said in several ways, its variants; the one that fits best counts.
 * @returns the pairs in order, with the fewest that differ */
export function align(
  words: readonly (readonly (readonly string[])[])[],
  heard: readonly string[],
): readonly Pair[] {
  let ways = alongHeard({ errors: 0, pair: undefined, before: undefined }, heard);
  for (const variants of words) {
    const ends = variants.map((phones) => phones.reduce((from, said) => passed(from, said, heard), ways));
    ways = ways.map((_, at) => best(ends.map((end) => end[at] as Way)));
  }
  return pairsOf(ways[heard.length] as Way);
}

export function errorsOf(pairs: readonly Pair[]): number {
  return pairs.filter(({ said, heard }) => said !== heard).length;
}

/** How many phones were said. */
export function saidOf(pairs: readonly Pair[]): number {
  return pairs.filter(({ said }) => said !== undefined).length;
}

/** From a beginning, all that is heard without being said. */
function alongHeard(start: Way, heard: readonly string[]): Way[] {
  const ways = [start];
  for (const phone of heard) ways.push(next(ways.at(-1) as Way, undefined, phone));
  return ways;
}

/** One phone further in what is said: for each place in what is heard. */
function passed(from: readonly Way[], said: string, heard: readonly string[]): Way[] {
  const to = [next(from[0] as Way, said, undefined)];
  heard.forEach((phone, at) => {
    const both = next(from[at] as Way, said, phone);
    const unheard = next(from[at + 1] as Way, said, undefined);
    const unsaid = next(to[at] as Way, undefined, phone);
    to.push(best([both, unheard, unsaid]));
  });
  return to;
}

function next(before: Way, said: string | undefined, heard: string | undefined): Way {
  return { errors: before.errors + (said === heard ? 0 : 1), pair: { said, heard }, before };
}

function best(ways: readonly Way[]): Way {
  return ways.reduce((least, way) => (way.errors < least.errors ? way : least));
}

function pairsOf(end: Way): Pair[] {
  const pairs: Pair[] = [];
  for (let way: Way | undefined = end; way?.pair; way = way.before) pairs.push(way.pair);
  return pairs.reverse();
}
