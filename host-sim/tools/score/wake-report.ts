import { basename } from 'node:path';
import { pointAt, pointFor } from './curve';
import { poissonInterval, type Share, wilsonInterval } from './interval';
import type { ConditionResult, ModelResult } from './wake-results';

/** Without the second look; its models have no other rows. */
const ALONE = 'spotter alone: ';

/** False wakes an hour at which misses are told; the first is what the field's benchmarks use. */
const RATES = [0.1, 0.5, 1, 2, 5, 10];

/** A Markdown table: models side by side, 95 % intervals in brackets. */
export function tableOf(results: readonly ModelResult[]): string {
  const [first] = results;
  if (!first) return '';
  const row = (name: string, cell: (result: ModelResult) => string): string[] => [name, ...results.map(cell)];
  const hasPositives = first.conditions[0]?.missed.of !== 0;
  const hasNegatives = first.hours > 0;
  const hasLook = results.some(({ sensitivities }) => sensitivities.length > 0);
  const missed = (said: string, share: (condition: ConditionResult) => Share): string[][] =>
    first.conditions.map(({ name }, i) =>
      row(`${said}, ${name}`, ({ conditions }) => describeMissed(share(conditions[i] as ConditionResult))),
    );
  const sets = first.sets.map(({ name, recordings, hours }, i) =>
    row(`… ${name}, ${recordings} in ${hours.toFixed(2)} h`, (result) => String(result.sets[i]?.falseWakes)),
  );
  const allowed = RATES.map((perHour) => ({ perHour, most: Math.floor(perHour * first.hours + 1e-9) }));
  const bounds = allowed
    .filter(({ most }, i) => most !== allowed[i - 1]?.most) // few hours cannot tell low rates apart
    .map(({ perHour, most }) =>
      row(`${ALONE}missed at ≤ ${perHour} an hour (${most} false wakes)`, (result) =>
        describePoint(result, most),
      ),
    );
  return markdown([
    row('', ({ model }) => model.name),
    row('word; cutoff, window', ({ model }) => `${model.word}; ${round(model.cutoff)}, ${model.window}`),
    ...(hasPositives ? missed('missed', (condition) => condition.missed) : []),
    ...(hasNegatives
      ? [row('false wakes an hour', (result) => describeFalse(result.falseWakes, result)), ...sets]
      : []),
    ...(hasPositives ? [row('woken after the word’s sound, ms', describeLatency)] : []),
    ...(hasLook ? sensitivityRows(results, row) : []),
    ...(hasLook && hasPositives ? missed(`${ALONE}missed`, (condition) => condition.missedAlone) : []),
    ...(hasLook && hasNegatives
      ? [row(`${ALONE}false wakes an hour`, (result) => describeFalse(result.falseWakesAlone, result))]
      : []),
    ...(hasPositives && hasNegatives ? bounds : []),
  ]);
}

type Row = (name: string, cell: (result: ModelResult) => string) => string[];

/** Misses and false wakes where a person makes it wake less or more easily. */
function sensitivityRows(results: readonly ModelResult[], row: Row): string[][] {
  const names = results.flatMap(({ sensitivities }) => sensitivities.map(({ name }) => name));
  return [...new Set(names)]
    .filter((name) => name !== 'normal')
    .map((name) =>
      row(`at ${name} sensitivity`, ({ sensitivities, hours }) => {
        const found = sensitivities.find((each) => each.name === name);
        if (!found) return '–';
        const missed =
          found.missed.of > 0 ? [`missed ${percent(found.missed.count / found.missed.of)} %`] : [];
        const woken = hours > 0 ? [`${rate(found.falseWakes / hours)} false an hour`] : [];
        return [...missed, ...woken].join(', ');
      }),
    );
}

/** Recordings that were missed, clean, and times in seconds at which others woke. */
export function describeDetails({ model, missedFiles, falseFiles }: ModelResult): string {
  const missed = missedFiles.map((path) => `${model.name}: missed in ${basename(path)}`);
  const woken = falseFiles.map(({ path, seconds }) => {
    return `${model.name}: woken by ${basename(path)} at ${seconds.map((time) => time.toFixed(2)).join(', ')} s`;
  });
  return [...missed, ...woken].join('\n');
}

function describeMissed(missed: Share): string {
  return `${describeShare(missed)}, ${missed.count} of ${missed.of}`;
}

function describeShare(share: Share): string {
  const [low, high] = wilsonInterval(share);
  return `${percent(share.count / share.of)} % (${percent(low)}–${percent(high)})`;
}

function describeFalse(falseWakes: number, { hours }: ModelResult): string {
  const [low, high] = poissonInterval(falseWakes).map((mean) => mean / hours) as [number, number];
  return `${rate(falseWakes / hours)} (${rate(low)}–${rate(high)}), ${falseWakes} in ${hours.toFixed(2)} h`;
}

function describeLatency({ latenciesMs }: ModelResult): string {
  const at = (share: number): string =>
    (
      latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(share * latenciesMs.length))] ?? Number.NaN
    ).toFixed(0);
  return latenciesMs.length === 0 ? '–' : `${at(0.5)}; 90 % within ${at(0.9)}`;
}

/** Misses clean, in all noise, in all rooms and after talk, and the cutoff at which they are so few. */
function describePoint({ conditions }: ModelResult, mostFalseWakes: number): string {
  const [clean] = conditions;
  const point = clean && pointAt(clean.curve, mostFalseWakes);
  if (!point) return 'never';
  const missedIn = (group: readonly ConditionResult[]): Share => ({
    count: group.reduce((sum, { curve }) => sum + (pointFor(curve, point.cutoff)?.missed ?? 0), 0),
    of: group.reduce((sum, { missed }) => sum + missed.of, 0),
  });
  const [noise, rooms, talk] = (['noise', 'room', 'talk'] as const).map((kind) =>
    missedIn(conditions.filter((condition) => condition.kind === kind)),
  ) as [Share, Share, Share];
  return [
    `${describeShare(missedIn([clean]))} at ${round(point.cutoff)}`,
    ...(noise.of > 0 ? [`in noise ${describeShare(noise)}`] : []),
    ...(rooms.of > 0 ? [`in rooms ${describeShare(rooms)}`] : []),
    ...(talk.of > 0 ? [`after talk ${describeShare(talk)}`] : []),
  ].join('; ');
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function rate(value: number): string {
  return value.toFixed(value < 1 ? 2 : 1);
}

function round(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
