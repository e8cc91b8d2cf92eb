import { clusterInterval, type Share } from './interval';
import type { Pair } from './phone-alignment';
import type { Transcribed, Voices } from './transcripts';

/** A recording and, by condition, how much of it was wrong. */
export interface Scored {
  readonly recording: Transcribed;
  readonly wrong: readonly Share[];
}

export interface Row {
  readonly name: string;
  readonly recordings: number;
  /** Undefined where nobody knows them: then each recording counts as somebody else's. */
  readonly talkers: number | undefined;
  readonly said: number;
  readonly wrong: readonly {
    readonly share: number;
    readonly interval: readonly [number, number] | undefined;
  }[];
}

const AGES = [
  { name: '60 years and more', from: 60 },
  { name: '18 to 59 years', from: 18 },
  { name: '13 to 17 years', from: 13 },
  { name: 'children to 12', from: 0 },
];

/** By corpus and split, then by age and split where ages are known. What models are taught with and what is kept from them
 * is never in one row. */
export function rowsOf(scored: readonly Scored[]): Row[] {
  return [
    ...grouped(scored, ({ corpus, split }) => named(corpus, split)),
    ...grouped(scored, ({ ageYears, split }) => ageYears !== undefined && named(ageGroup(ageYears), split)),
  ];
}

function ageGroup(years: number): string {
  return AGES.find(({ from }) => years >= from)?.name ?? '';
}

function named(group: string, split: string): string {
  return split === '' ? group : `${group}, ${split}`;
}

function grouped(scored: readonly Scored[], nameOf: (recording: Transcribed) => string | false): Row[] {
  const names = new Set(scored.map(({ recording }) => nameOf(recording)));
  return [...names]
    .filter((name) => name !== false)
    .sort()
    .map((name) =>
      rowOf(
        name,
        scored.filter(({ recording }) => nameOf(recording) === name),
      ),
    );
}

function rowOf(name: string, scored: readonly Scored[]): Row {
  const byTalker = new Map<string, Scored[]>();
  for (const each of scored) {
    const { corpus, talker, path } = each.recording;
    const key = talker === undefined ? path : `${corpus}/${talker}`;
    byTalker.set(key, [...(byTalker.get(key) ?? []), each]);
  }
  const conditions = scored[0]?.wrong ?? [];
  return {
    name,
    recordings: scored.length,
    talkers: scored.some(({ recording }) => recording.talker === undefined) ? undefined : byTalker.size,
    said: sumOf(scored, 0).of,
    wrong: conditions.map((_, at) => {
      const { count, of } = sumOf(scored, at);
      return {
        share: count / of,
        interval: clusterInterval([...byTalker.values()].map((of) => sumOf(of, at))),
      };
    }),
  };
}

function sumOf(scored: readonly Scored[], condition: number): Share {
  const shares = scored.map(({ wrong }) => wrong[condition] as Share);
  return {
    count: shares.reduce((sum, { count }) => sum + count, 0),
    of: shares.reduce((sum, { of }) => sum + of, 0),
  };
}

const NAME_WIDTH = 26;
const FIGURE_WIDTH = 22;

/** @param what is counted: phones or words */
export function describeRows(what: string, conditions: readonly string[], rows: readonly Row[]): string[] {
  const heading = ['recordings', 'talkers', what].map((title) => title.padStart(11)).join('');
  const figures = conditions.map((name) => name.padStart(FIGURE_WIDTH)).join('');
  return [
    `${''.padEnd(NAME_WIDTH)}${heading}${figures}`,
    ...rows.map(({ name, recordings, talkers, said, wrong }) => {
      const counts = [recordings, talkers ?? 'unknown', said].map((count) => String(count).padStart(11));
      return `${name.padEnd(NAME_WIDTH)}${counts.join('')}${wrong.map(describeFigure).join('')}`;
    }),
  ];
}

function describeFigure({ share, interval }: Row['wrong'][number]): string {
  const percent = (value: number): string => (value * 100).toFixed(1);
  const within = interval ? ` (${percent(interval[0])}–${percent(interval[1])})` : ' (one talker)';
  return `${percent(share)} %${within}`.padStart(FIGURE_WIDTH);
}

export function describeVoices(voices: Voices): string {
  return voices === 'people' ? "people's voices" : 'made voices, which say nothing of people';
}

const CONFUSIONS_SHOWN = 25;

/** What was heard for what was said, the most frequent first. */
export function describeConfusions(pairs: readonly Pair[]): string[] {
  const said = new Map<string, number>();
  const wrong = new Map<string, Pair & { count: number }>();
  for (const pair of pairs) {
    const key = pair.said ?? '';
    said.set(key, (said.get(key) ?? 0) + 1);
    if (pair.said === pair.heard) continue;
    const both = `${key} ${pair.heard ?? ''}`;
    wrong.set(both, { ...pair, count: (wrong.get(both)?.count ?? 0) + 1 });
  }
  const most = [...wrong.values()].sort((a, b) => b.count - a.count).slice(0, CONFUSIONS_SHOWN);
  return most.map(({ said: phone, heard, count }) => {
    if (phone === undefined) return `${String(count).padStart(7)} × ${heard} heard where nothing was said`;
    const share = ((count / (said.get(phone) as number)) * 100).toFixed(1);
    const what = heard === undefined ? 'not heard' : `heard as ${heard}`;
    return `${String(count).padStart(7)} × ${phone.padEnd(2)} ${what}, ${share} % of its kind`;
  });
}
