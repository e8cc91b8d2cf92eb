import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the packages take on the disk, in MB, as npm leaves them; a test holds it to what is there. */
export const PACKAGES_MB = { product: 50, tools: 500 };

/** Whether the packages of the product are there, of any version: enough for help. */
export function hasPackages() {
  const installed = installedPackages();
  return wantedPackages('product').every(([path]) => installed[path] !== undefined);
}

/** Installs with npm when packages are missing or are not those of the lock file. `need` says for what: `product`, or
 * `tools`, those of development as well, which are installed only when they are wanted or were there. Returns whether all
 * is well.
 *
 * Not `npm ci`: it refuses a lock file that was written where packages for other platforms could not be seen. */
export function installPackages(need) {
  const installed = installedPackages();
  if (wantedPackages(need).every(([path, { version }]) => installed[path]?.version === version)) return true;
  const isFirst = Object.keys(installed).length === 0;
  const isAll = need === 'tools' || !isFirst;
  console.error(
    `${isFirst ? 'First run' : 'The packages have changed'}: npm install, from npm's registry, once; ` +
      `in all about ${PACKAGES_MB[isAll ? 'tools' : 'product']} MB on the disk …`,
  );
  const quietly = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const omitted = isAll ? [] : ['--omit=dev'];
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync(isWindows ? 'npm.cmd' : 'npm', ['install', ...quietly, ...omitted], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: isWindows,
  });
  return status === 0;
}

/** What npm writes last, listing what it has installed. */
function installedPackages() {
  return packagesIn(join(root, 'node_modules', '.package-lock.json'));
}

function wantedPackages(need) {
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(
    ([path, { dev, devOptional, optional }]) =>
      path !== '' && !optional && !devOptional && (need === 'tools' || !dev),
  );
}

function packagesIn(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

/** Installs Debian packages, and says so first; nothing where that cannot be done: it takes root and apt-get. */
export function installDebianPackages(packages) {
  const canInstall = process.getuid?.() === 0 && runs('apt-get', ['--version']);
  if (!canInstall || packages.length === 0) return;
  console.error(`Installing with apt-get, as root: ${packages.join(' ')} …`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  // each by itself: one that this Debian does not have keeps no other from being there
  for (const name of packages) spawnSync('apt-get', ['install', '-y', '-qq', name], options);
}

/** Whether the program is there and content with these arguments. */
export function runs(program, args = ['--version']) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
