import type { Outcome } from '../timeline/summary';
import { compareEvents, type Difference, describeDifferences } from './compare';
import type { Expectations } from './expectations';
import { expectedOf } from './recordings';

/** How one recording compares with what was expected of it. */
export interface Verdict {
  readonly path: string;
  readonly soundMs: number;
  readonly differences: readonly Difference[];
  /** Types of which none may come. */
  readonly none: ReadonlySet<string>;
  readonly isAsExpected: boolean;
}

export function judge(
  expected: Expectations,
  outcomes: readonly Outcome[],
  recordings: readonly string[],
): Verdict[] {
  return outcomes.map(({ path, soundMs, events }) => {
    const { none, ...own } = expectedOf(expected, path, recordings);
    const differences = compareEvents(own, events);
    return {
      path,
      soundMs,
      differences,
      none,
      isAsExpected: differences.every(({ kind }) => kind === 'same'),
    };
  });
}

/** What to say to people of those that are not as expected. */
export function complaintsOf(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(({ isAsExpected }) => !isAsExpected)
    .flatMap(({ path, differences }) => [
      `earshot: ${path} is not as expected (− missing, + unexpected)`,
      ...describeDifferences(differences).map((line) => `  ${line}`),
    ]);
}
