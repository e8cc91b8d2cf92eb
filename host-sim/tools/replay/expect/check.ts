import { checkWritable, writeNamedFile } from '../../../cli/files';
import { Problem } from '../../../cli/problem';
import type { Outcome } from '../timeline/summary';
import { type Expectations, isExpectation } from './expectations';
import { type Failure, junitOf } from './junit';
import { record, refuseToOverwrite, update } from './record';
import { readExpectations } from './recordings';
import { complaintsOf, judge, type Verdict } from './verdicts';

export interface CheckOptions {
  /** A file of events that should come. */
  readonly expect?: string;
  /** Bring that file up to date instead of complaining. */
  readonly update?: boolean;
  /** A file to write what came into, as what should come. */
  readonly record?: string;
  /** A file to write the verdicts into. */
  readonly junit?: string;
}

/** What a replay is compared with, or recorded into. */
export interface Check {
  /** Whether pictures of the ring are compared too. */
  readonly wantsFrames: boolean;
  /** Compares or records, and says what there is to say. False when something is not as expected. */
  conclude(outcomes: readonly Outcome[], failures: readonly Failure[]): boolean;
}

/** Differences go to the standard error output, where people and logs see them and event lines are not.
 * @throws Problem when the options or the expectations are wrong, before anything is played */
export function prepareCheck(options: CheckOptions, recordings: readonly string[]): Check | undefined {
  const { expect, update: isUpdate, record: recordPath, junit } = options;
  if (recordPath !== undefined) {
    if (expect !== undefined) throw new Problem('--record makes what --expect reads: one of them at a time');
    if (isUpdate || junit !== undefined) throw new Problem('--update and --junit go with --expect FILE');
    refuseToOverwrite(recordPath);
    return new Recorder(recordPath, recordings);
  }
  if (expect === undefined) {
    if (isUpdate || junit !== undefined)
      throw new Problem(`${isUpdate ? '--update' : '--junit'} needs --expect FILE; --record FILE makes one`);
    return undefined;
  }
  if (junit !== undefined) checkWritable(junit);
  return new Comparison(readExpectations(expect, recordings), recordings, options);
}

class Recorder implements Check {
  readonly wantsFrames = false;

  constructor(
    private readonly path: string,
    private readonly recordings: readonly string[],
  ) {}

  conclude(outcomes: readonly Outcome[], failures: readonly Failure[]): boolean {
    if (failures.length > 0) console.error(`earshot: ${this.path} is not written, as not all could be read`);
    else record(this.path, outcomes, this.recordings);
    return true;
  }
}

class Comparison implements Check {
  readonly wantsFrames: boolean;

  constructor(
    private readonly expected: Expectations,
    private readonly recordings: readonly string[],
    private readonly options: CheckOptions,
  ) {
    this.wantsFrames = expected.items.filter(isExpectation).some(({ type }) => type === 'ringFrame');
  }

  conclude(outcomes: readonly Outcome[], failures: readonly Failure[]): boolean {
    const verdicts = judge(this.expected, outcomes, this.recordings);
    const { junit, update: isUpdate } = this.options;
    if (junit !== undefined) writeNamedFile(junit, junitOf(this.expected.path, verdicts, failures));
    if (isUpdate) return this.#update(verdicts, failures);
    for (const line of complaintsOf(verdicts)) console.error(line);
    return verdicts.every(({ isAsExpected }) => isAsExpected);
  }

  #update(verdicts: readonly Verdict[], failures: readonly Failure[]): boolean {
    if (failures.length > 0) {
      console.error(`earshot: ${this.expected.path} is left as it is, as not all could be read`);
      return true;
    }
    const { said, isMet } = update(this.expected, verdicts, this.recordings);
    console.error(`earshot: ${said}`);
    return isMet;
  }
}
