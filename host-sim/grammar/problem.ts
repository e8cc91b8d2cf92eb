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
  return `${place.file}:${place.line}:${place.column}: ${severity}: ${message}`;
}

export function errorAt(place: Place, message: string): GrammarError {
  return new GrammarError([{ severity: 'error', place, message }]);
}

/** ` Did you mean 'x'?` when a known name is close to the unknown one, else nothing. */
export function didYouMean(unknown: string, known: Iterable<string>): string {
  let best = '';
  let bestDistance = Math.max(1, Math.floor(unknown.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(unknown.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best === '' ? '' : ` Did you mean '${best}'?`;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
