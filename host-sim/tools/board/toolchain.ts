import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../packages/root';

/** What Moddable's build for the ESP32-S3 needs, as its documentation for SDK 8.2 says. */
const SDK_VERSION = '8.2';
const IDF_VERSION = '6.0';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Toolchain {
  /** The path of the SDK's build tool. */
  readonly mcconfig: string;
}

/** With the packages' programs, of which mcconfig calls `tsc`; npm run would add them too. */
export function withPackagePrograms<T extends Environment>(environment: T): T & { readonly PATH: string } {
  const folder = join(ROOT, 'node_modules', '.bin');
  return { ...environment, PATH: [folder, environment.PATH ?? ''].join(delimiter) };
}

/** The tools that are there, or what is missing and how to get it, in five lines for people. */
export function findToolchain(
  environment: Environment,
): Toolchain | { readonly explanation: readonly string[] } {
  const sdk = missingFromSdk(environment);
  const idf = missingFromIdf(environment);
  const missing = [...sdk.missing, ...idf.missing];
  if (!findProgram('tsc', environment)) missing.push('tsc in PATH, which npm install brings');
  if (missing.length === 0) return { mcconfig: sdk.mcconfig };
  return {
    explanation: [
      `missing: ${missing.join('; ')}`,
      `Moddable SDK ${SDK_VERSION}: npx xs-dev setup`,
      `ESP-IDF ${IDF_VERSION}: npx xs-dev setup --device esp32, which also brings what it needs; when that takes an older one:`,
      `  git clone -b v${IDF_VERSION} --recursive https://github.com/espressif/esp-idf, run its install.sh esp32s3, set IDF_PATH`,
      'then open a new terminal (or source $IDF_PATH/export.sh in this one) and try again',
    ],
  };
}

function missingFromSdk(environment: Environment): { missing: string[]; mcconfig: string } {
  const folder = environment.MODDABLE;
  const mcconfig = findProgram('mcconfig', environment);
  const missing: string[] = [];
  if (!folder) missing.push('MODDABLE, the folder of the Moddable SDK');
  else if (!existsSync(folder)) missing.push(`the Moddable SDK: MODDABLE is ${folder}, which does not exist`);
  else missing.push(...wrongVersion('Moddable SDK', sdkVersion(folder), SDK_VERSION));
  if (!mcconfig) missing.push('mcconfig in PATH');
  return { missing, mcconfig: mcconfig ?? '' };
}

function missingFromIdf(environment: Environment): { missing: string[] } {
  const folder = environment.IDF_PATH;
  const missing: string[] = [];
  if (!folder) missing.push('IDF_PATH, the folder of ESP-IDF');
  else if (!existsSync(folder)) missing.push(`ESP-IDF: IDF_PATH is ${folder}, which does not exist`);
  else missing.push(...wrongVersion('ESP-IDF', idfVersion(folder), IDF_VERSION));
  if (!findProgram('idf.py', environment)) missing.push('idf.py in PATH');
  return { missing };
}

function wrongVersion(name: string, found: string | undefined, right: string): string[] {
  if (found === right || found?.startsWith(`${right}.`)) return [];
  return [`${name} ${right} (${found ? `this is ${found}` : 'its version cannot be read'})`];
}

/** Moddable keeps it in a file of one line. */
export function sdkVersion(folder: string): string | undefined {
  return readIfThere(join(folder, 'tools', 'VERSION'))?.trim();
}

export function idfVersion(folder: string): string | undefined {
  const text = readIfThere(join(folder, 'tools', 'cmake', 'version.cmake')) ?? '';
  const part = (name: string) => new RegExp(`set\\(IDF_VERSION_${name} (\\d+)\\)`).exec(text)?.[1];
  const [major, minor] = [part('MAJOR'), part('MINOR')];
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`;
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export function findProgram(name: string, { PATH = '' }: Environment): string | undefined {
  return PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
