import type { Span } from '../../../firmware/record/chain';
import { checkExport, type Export, readExport } from '../../../firmware/record/export';
import { readNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';
import { nodeSeal } from '../../sim/record/node-seal';

const EXIT_ALTERED = 1;

/** Says whether an exported record is whole, and held against earlier exports of the same speaker. Returns the exit code.
 * @throws Problem */
export function checkRecord(path: string, earlier: readonly string[]): number {
  const verdict = checkExport(nodeSeal, read(path), earlier.map(read));
  for (const span of verdict.deleted) console.log(`  ${words(span)} deleted, as the record says`);
  for (const span of verdict.altered)
    console.log(`  ${words(span)} gone or altered, and no deletion is on record`);
  const isWhole = verdict.altered.length === 0;
  const against = earlier.length > 0 ? `, and goes on from ${earlier.length} earlier` : '';
  console.log(isWhole ? `  whole: ${verdict.entryCount} entries${against}` : '  not whole');
  return isWhole ? 0 : EXIT_ALTERED;
}

function words({ from, through }: Span): string {
  return through - from === 1 ? `entry ${from + 1} was` : `entries ${from + 1} to ${through} were`;
}

function read(path: string): Export {
  try {
    return readExport(readNamedFile(path, 'an exported record').toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem(`${path}: ${error.message}`);
  }
}
