import { nearestOf } from '../../firmware/core/nearest';

/** Where something stands in a grammar's text; line and column start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly place: Place;
  readonly message: string;
}

/** A grammar that cannot be compiled. Holds every error found, not only the first. */
export class GrammarError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'GrammarError';
    this.problems = problems;
  }
}

function problemText({ severity, place, message }: Problem): string {
  return `${placeText(place)}: ${severity}: ${message}`;
}

/** As compilers write it, and editors understand. */
export function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

export function errorAt(place: Place, message: string): GrammarError {
  return new GrammarError([{ severity: 'error', place, message }]);
}

/** ` Did you mean 'x'?` when a known name is close to the unknown one, else nothing. */
export function didYouMean(unknown: string, known: Iterable<string>): string {
  const nearest = nearestOf(unknown, known);
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
}
