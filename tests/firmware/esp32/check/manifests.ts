import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Environment } from './kits';

/** Of a manifest, what names files. */
interface Manifest {
  readonly include?: string | readonly string[];
  readonly modules?: FilesByName;
  readonly resources?: FilesByName;
  readonly build?: Readonly<Record<string, string>>;
  readonly platforms?: Readonly<Record<string, Manifest>>;
}
type FilesByName = Readonly<Record<string, string | readonly string[]>>;

/** Settings of `build` that are paths. */
const PATHS = ['SDKCONFIGPATH', 'PARTITIONS_FILE_FOR_TARGET'];

/** The files that a manifest, or one that it includes, names and that are not there, each with the manifest's path. What
 * lies in the SDK is looked for where `MODDABLE` says where that is. */
export function missingFiles(path: string, environment: Environment): string[] {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return [manifest, manifest.platforms?.esp32 ?? {}].flatMap((part) => {
    const included = listOf(part.include).map((name) => resolved(name, path, environment));
    const settings = Object.entries(part.build ?? {}).filter(([name]) => PATHS.includes(name));
    const named = [part.modules, part.resources].flatMap((files) =>
      Object.values(files ?? {}).flatMap(listOf),
    );
    const missing = [...named, ...settings.map(([, value]) => value), ...listOf(part.include)]
      .filter((name) => !isThere(resolved(name, path, environment)))
      .map((name) => `${path}: ${name} is not there`);
    // the SDK's own manifests are the SDK's business
    const ours = included.filter(
      (each) => each && existsSync(each) && !each.startsWith(environment.MODDABLE ?? '$'),
    );
    return [...missing, ...ours.flatMap((each) => missingFiles(each ?? '', environment))];
  });
}

function listOf(names: string | readonly string[] | undefined): readonly string[] {
  return names === undefined ? [] : typeof names === 'string' ? [names] : names;
}

/** Undefined for what lies in the SDK, where that is not known. */
function resolved(name: string, manifest: string, { MODDABLE }: Environment): string | undefined {
  const variables: Environment = { MODDABLE, MODULES: `${MODDABLE}/modules`, BUILD: `${MODDABLE}/build` };
  if (name.startsWith('$(') && !MODDABLE) return undefined;
  const path = name.replaceAll(/\$\((\w+)\)/g, (whole, variable: string) => variables[variable] ?? whole);
  return resolve(dirname(manifest), path);
}

/** Whether it is a file, or the name of one without what stands behind the dot, or a pattern that fits one. */
function isThere(path: string | undefined): boolean {
  if (path === undefined || existsSync(path)) return true;
  const folder = dirname(path);
  if (!existsSync(folder)) return false;
  const wanted = basename(path).replace(/\*$/, '');
  const isPattern = path.endsWith('*');
  return readdirSync(folder).some((name) =>
    isPattern ? name.startsWith(wanted) : name.startsWith(`${wanted}.`),
  );
}
