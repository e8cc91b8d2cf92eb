/** The last faults, kept over restarts so that a person can read why a speaker misbehaved. No more than fits one entry of
 * the store; newest last. */
const MOST_FAULTS = 8;
const MOST_CHARACTERS = 100;

export function withFault(record: string | undefined, what: string): string {
  const short = what.length > MOST_CHARACTERS ? `${what.slice(0, MOST_CHARACTERS)}…` : what;
  return [...faultsIn(record), short.replace(/\n/g, ' ')].slice(-MOST_FAULTS).join('\n');
}

function faultsIn(record: string | undefined): string[] {
  return record === undefined || record === '' ? [] : record.split('\n').slice(-MOST_FAULTS);
}
