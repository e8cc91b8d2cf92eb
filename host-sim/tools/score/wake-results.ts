import type { Sensitivity } from '../../../firmware/core/wake-points';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import type { Condition } from './conditions';
import { curveOf, type Point } from './curve';
import type { Share } from './interval';
import { type Track, wakesOf } from './track';
import type { ScoredModel } from './wake-models';
import type { Heard, Played } from './wake-play';
import { type Answer, PLAYED_SENSITIVITIES } from './wake-settings';

/** How one model did: as the speaker decides, at normal sensitivity, unless something else is said. */
export interface ModelResult {
  readonly model: ScoredModel;
  readonly conditions: readonly ConditionResult[];
  readonly sets: readonly SetResult[];
  readonly falseWakes: number;
  /** The spotter's alone, at the manifest's cutoff. */
  readonly falseWakesAlone: number;
  readonly hours: number;
  readonly sensitivities: readonly SensitivityResult[];
  /** From the word's end to the wake-up, of clean recordings in which it was found, ascending. */
  readonly latenciesMs: readonly number[];
  /** Clean recordings that did not wake it, and where others did. */
  readonly missedFiles: readonly string[];
  readonly falseFiles: readonly { readonly path: string; readonly seconds: readonly number[] }[];
}

export interface ConditionResult {
  readonly name: string;
  readonly kind: Condition['kind'];
  readonly missed: Share;
  readonly missedAlone: Share;
  /** The spotter's alone, at every cutoff. */
  readonly curve: readonly Point[];
}

export interface SetResult {
  readonly name: string;
  readonly falseWakes: number;
  readonly recordings: number;
  readonly hours: number;
}

/** Clean, where the second look decides. */
export interface SensitivityResult {
  readonly name: Sensitivity;
  readonly missed: Share;
  readonly falseWakes: number;
}

/** @param index the model's place among those that were played to */
export function resultOf(model: ScoredModel, index: number, played: Played): ModelResult {
  const { positives, negatives } = played;
  const answers = (heard: readonly Heard[], condition: number): Answer[] =>
    heard.map((each) => each.answers[condition]?.[index] as Answer);
  const decided = ({ track, wakes }: Answer, sensitivity = 0): readonly number[] =>
    wakes[sensitivity] ?? wakesOf(track, model);
  const [clean, others] = [answers(positives, 0), answers(negatives, 0)];
  const tracks = others.map(({ track }) => track);
  const first = clean.map((answer) => decided(answer)[0]);
  const wakes = others.map((answer) => decided(answer));
  return {
    model,
    conditions: played.conditions.map(({ name, kind }, condition) => {
      const heard = answers(positives, condition);
      return {
        name,
        kind,
        missed: missedOf(heard.map((answer) => decided(answer))),
        missedAlone: missedOf(heard.map(({ track }) => wakesOf(track, model))),
        curve: curveOf(
          heard.map(({ track }) => track),
          tracks,
          model.window,
        ),
      };
    }),
    sets: setsOf(negatives, wakes),
    falseWakes: wakes.flat().length,
    falseWakesAlone: tracks.flatMap((track: Track) => wakesOf(track, model)).length,
    hours: hoursOf(negatives),
    sensitivities: (model.kind === 'own' && model.looks ? PLAYED_SENSITIVITIES : []).map(
      (name, sensitivity) => ({
        name,
        missed: missedOf(clean.map((answer) => decided(answer, sensitivity))),
        falseWakes: others.flatMap((answer) => decided(answer, sensitivity)).length,
      }),
    ),
    latenciesMs: positives
      .flatMap(({ wordEnd }, i) =>
        first[i] === undefined ? [] : [((first[i] - wordEnd) / SAMPLE_RATE) * 1000],
      )
      .sort((a, b) => a - b),
    missedFiles: positives.filter((_, i) => first[i] === undefined).map(({ path }) => path),
    falseFiles: negatives.flatMap(({ path }, i) => {
      const seconds = (wakes[i] ?? []).map((sample) => sample / SAMPLE_RATE);
      return seconds.length > 0 ? [{ path, seconds }] : [];
    }),
  };
}

/** What the last line of `--json` says of it. */
export function summaryOf({ conditions, falseWakes, hours, model }: ModelResult): object {
  // where there is noise, what is asked for is how it does in noise
  const noisy = conditions.filter(({ kind }) => kind === 'noise');
  const asked = noisy.length > 0 ? noisy : conditions.slice(0, 1);
  const n = asked.reduce((sum, { missed }) => sum + missed.of, 0);
  const missed = asked.reduce((sum, condition) => sum + condition.missed.count, 0);
  return {
    missRate: n > 0 ? missed / n : null,
    n,
    falsePerHour: hours > 0 ? falseWakes / hours : null,
    hours,
    cutoff: model.cutoff,
  };
}

function missedOf(wakes: readonly (readonly number[])[]): Share {
  return { count: wakes.filter((each) => each.length === 0).length, of: wakes.length };
}

function setsOf(negatives: readonly Heard[], wakes: readonly (readonly number[])[]): SetResult[] {
  return [...new Set(negatives.map(({ set }) => set))].map((name) => {
    const members = negatives.flatMap((heard, i) =>
      heard.set === name ? [{ heard, wakes: wakes[i] ?? [] }] : [],
    );
    return {
      name,
      falseWakes: members.reduce((sum, member) => sum + member.wakes.length, 0),
      recordings: members.length,
      hours: hoursOf(members.map(({ heard }) => heard)),
    };
  });
}

function hoursOf(heard: readonly Heard[]): number {
  return heard.reduce((sum, { samples }) => sum + samples, 0) / SAMPLE_RATE / 3600;
}
