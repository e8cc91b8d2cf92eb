// Starts the simulator's commands, and installs what they need when that has not been done. Plain JavaScript, as
// nothing else can run before the installation. Usage: node host-sim/run.mjs VERB …
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERBS = {
  replay: 'replay.ts',
  listen: 'listen.ts',
  grammar: 'grammar/main.ts',
  bench: 'bench/main.ts',
};
const LEAST_NODE = 20;
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');

function main([verb, ...options]) {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    return complain(`this is Node ${process.versions.node}; Node ${LEAST_NODE} or newer is needed`);
  }
  if (!Object.hasOwn(VERBS, verb ?? '')) {
    return complain(`'${verb ?? ''}' is no command: ${Object.keys(VERBS).join(', ')} are`);
  }
  // the real XS is compiled from a package's sources
  const failure = installWhenNeeded(options.includes('xs') || options.includes('--engine=xs'));
  if (failure) return failure;
  // absolute, so that it is found whatever folder the command is given in
  const loader = new URL('../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const { status, signal } = spawnSync(
    process.execPath,
    ['--import', loader, join(here, VERBS[verb]), ...options],
    { stdio: 'inherit' },
  );
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

/** Installs with npm when packages are missing or are not those of the lock file; the tools of development only when they
 * are wanted or were there. Returns an exit code, 0 when all is well.
 *
 * Not `npm ci`: it refuses a lock file that was written where packages for other platforms could not be seen. */
function installWhenNeeded(areToolsWanted) {
  // what npm writes last, listing what it has installed
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(
    ([path, { dev, devOptional, optional }]) =>
      path !== '' && !optional && !devOptional && (areToolsWanted || !dev),
  );
  if (wanted.every(([path, { version }]) => installed[path]?.version === version)) return 0;
  const isFirst = Object.keys(installed).length === 0;
  console.error(`${isFirst ? 'First run' : 'The packages have changed'}: npm install, once …`);
  const quietly = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const omitted = isFirst && !areToolsWanted ? ['--omit=dev'] : [];
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync(isWindows ? 'npm.cmd' : 'npm', ['install', ...quietly, ...omitted], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: isWindows,
  });
  return status === 0 ? 0 : complain('npm install did not succeed; its message above says why');
}

function packagesIn(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

function complain(message) {
  console.error(`earshot: ${message}`);
  return 2;
}

// Ctrl-C is for the command, which ends in good order; this process waits for it
process.on('SIGINT', () => {});
process.exitCode = main(process.argv.slice(2));
