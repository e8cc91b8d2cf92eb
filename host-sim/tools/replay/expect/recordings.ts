import { readNamedFile } from '../../../cli/files';
import { Problem } from '../../../cli/problem';
import type { Expected } from './compare';
import {
  type Expectations,
  type Item,
  isClause,
  isExpectation,
  parseExpectations,
  typesOf,
} from './expectations';
import { endsWith, recordingName } from './recording-name';

/** What `--expect` names, for these recordings: with one, an event need not say to which it belongs. What would check
 * nothing is refused. @throws Problem */
export function readExpectations(path: string, recordings: readonly string[]): Expectations {
  const expected = parseExpectations(readNamedFile(path, 'a file of expected events').toString('utf8'), path);
  for (const item of expected.items) belongsTo(item, recordings, path);
  for (const recording of recordings) {
    const own = itemsOf(expected, recording, recordings);
    if (own.length === 0)
      throw new Problem(
        `${path}: nothing is expected of ${recording}, so nothing would be checked; that nothing wakes there is written ` +
          JSON.stringify({ file: recordingName(recording, recordings), none: 'wakeWordHeard' }),
      );
    const none = own.filter(isClause).flatMap((clause) => typesOf(clause.none));
    const both = own.filter(isExpectation).find(({ type }) => none.includes(type));
    if (both) throw new Problem(`${path}: of ${recording} both none and a ${both.type} is expected`);
  }
  return expected;
}

/** What is expected of one of these recordings. */
export function expectedOf(
  expected: Expectations,
  recording: string,
  recordings: readonly string[],
): Expected & { readonly none: ReadonlySet<string> } {
  const own = itemsOf(expected, recording, recordings);
  const clauses = own.filter(isClause);
  const none = new Set(clauses.flatMap((clause) => typesOf(clause.none)));
  const types = new Set([...clauses.flatMap((clause) => typesOf(clause.only)), ...none]);
  return { events: own.filter(isExpectation), types, none };
}

function itemsOf({ items, path }: Expectations, recording: string, recordings: readonly string[]): Item[] {
  return items.filter((item) => {
    const of = belongsTo(item, recordings, path);
    return of === undefined || of === recording;
  });
}

/** The recording that an item is about; undefined when it is about the only one, or a clause about all. */
function belongsTo(item: Item, recordings: readonly string[], path: string): string | undefined {
  const { file } = item;
  if (file === undefined) {
    if (recordings.length < 2 || isClause(item)) return undefined;
    throw new Problem(
      `${path}: with several recordings every expected event needs a "file", the recording's name`,
    );
  }
  if (recordings.includes(file)) return file;
  const [found, ...others] = new Set(recordings.filter((recording) => endsWith(recording, file)));
  if (found === undefined)
    throw new Problem(
      `${path}: events are expected of ${JSON.stringify(file)}, which is not among the recordings`,
    );
  if (others.length > 0)
    throw new Problem(
      `${path}: several recordings are named ${JSON.stringify(file)}: ${[found, ...others].join(', ')}; more of the path would tell them apart`,
    );
  return found;
}
