import type { Share } from './interval';
import { type Difference, differences, type Label } from './labels';
import type { Understood } from './understand';

/** One recording and what was understood of it; null when it was refused. */
export interface Answer {
  readonly path: string;
  readonly label: Label;
  readonly heard: Understood | null;
}

export interface Score {
  readonly right: number;
  readonly refused: number;
  /** Neither done nor refused: the speaker would ask. */
  readonly asked: number;
  readonly of: number;
  /** In how many of the recordings that were accepted and have it (in the label or as heard) a slot is wrong. */
  readonly slots: ReadonlyMap<string, Share>;
  /** What was taken for what, the most frequent first. */
  readonly confusions: readonly Confusion[];
}

export interface Confusion extends Difference {
  readonly count: number;
}

export function isRight({ label, heard }: Answer): boolean {
  return isDone(heard) && differences(label, heard).length === 0;
}

/** It was understood so well that it would be done. */
export function isDone(heard: Understood | null): heard is Understood {
  return heard !== null && !heard.isAsked;
}

export function scoreOf(answers: readonly Answer[]): Score {
  const accepted = answers.flatMap(({ label, heard }) => (isDone(heard) ? [{ label, heard }] : []));
  const mistakes = accepted.flatMap(({ label, heard }) => differences(label, heard));
  const names = new Set(accepted.flatMap(({ label, heard }) => namesIn(label, heard)));
  const slots = [...names].sort().map((name): [string, Share] => {
    const count = mistakes.filter((mistake) => mistake.name === name).length;
    return [
      name,
      { count, of: accepted.filter(({ label, heard }) => namesIn(label, heard).includes(name)).length },
    ];
  });
  const asked = answers.filter(({ heard }) => heard?.isAsked).length;
  return {
    right: answers.filter(isRight).length,
    refused: answers.length - accepted.length - asked,
    asked,
    of: answers.length,
    slots: new Map(slots),
    confusions: confusionsOf(mistakes),
  };
}

function namesIn(label: Label, heard: Understood): string[] {
  if (label.words !== undefined) return ['words'];
  return ['intent', ...new Set([...Object.keys(label.slots ?? {}), ...Object.keys(heard.slots)])];
}

function confusionsOf(mistakes: readonly Difference[]): Confusion[] {
  const counted = new Map<string, Confusion>();
  for (const mistake of mistakes) {
    const key = `${mistake.name}\n${mistake.wanted}\n${mistake.heard}`;
    counted.set(key, { ...mistake, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}
