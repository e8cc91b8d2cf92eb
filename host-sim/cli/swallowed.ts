import { Problem } from './problem';

/** What `npm run` tells of itself. */
interface NpmEnvironment {
  readonly [name: string]: string | undefined;
}

/** `npm run replay FILE --expect=e.json`, without `--` before the options, gives them to npm, which says nothing: the
 * command would run without them. It leaves them in the environment of what it starts. @throws Problem */
export function refuseSwallowed(
  options: readonly string[],
  { npm_lifecycle_event: script, ...environment }: NpmEnvironment,
): void {
  if (script === undefined) return;
  const taken = options.filter((option) => {
    const name = option.replace(/^--(no-)?/, '').replaceAll('-', '_');
    return environment[`npm_config_${name}`] !== undefined;
  });
  if (taken.length === 0) return;
  const door = script === 'start' ? 'npm start' : `npm run ${script}`;
  throw new Problem(
    `npm took ${taken.join(' and ')} for itself: ${door} -- followed by the options would be right, or npx . instead`,
  );
}
