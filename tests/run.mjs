/** Runs everything a commit has to pass and ends with one line `N passed, N failed` over all suites.
 *
 *     node tests/run.mjs            checks and all tests
 *     node tests/run.mjs check      the checks alone: format, lint, types, import rules, C warnings, built wasm
 *     node tests/run.mjs --install  installs Debian packages that are missing first, as does the variable CI
 *
 * Needs Node, Python 3.10 or later with venv and a C compiler. Some tests need more (see `optional`) and are skipped
 * without, which is said at the end. Packages of npm and of Python come into the repository's folder unasked. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages, installPackages, runs } from '../host-sim/cli/install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const venvBin = join(root, '.venv/bin');
const reports = join(root, 'build/reports');
const words = process.argv.slice(2);
const checksOnly = words.includes('check');
const mayInstall = words.includes('--install') || !['', '0', 'false', undefined].includes(process.env.CI);
let passed = 0;
let failed = 0;

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  return result.status === 0;
}

function start(command, args, output) {
  return spawn(command, args, { cwd: root, stdio: ['ignore', output, output] });
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', resolve);
  });
}

function need(ok, what, remedy) {
  if (ok) return;
  console.error(`Cannot run the tests: ${what}. ${remedy}`);
  process.exit(1);
}

function makes32Bits() {
  const source = '#include <unistd.h>\nint main(void) { return 0; }';
  const args = ['-m32', '-x', 'c', '-', '-o', '/dev/null'];
  return spawnSync('cc', args, { input: source, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0;
}

/** Whether there is such a program, whatever it says to this. */
function starts(program) {
  return spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;
}

/** Debian packages without which some tests are skipped. */
const optional = [
  {
    packages: ['chromium'],
    isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some((name) => runs(name)),
    what: 'the page in a browser',
  },
  { packages: ['ffmpeg'], isThere: () => runs('ffmpeg', ['-version']), what: 'recordings that ffmpeg reads' },
  { packages: ['spin'], isThere: () => runs('spin', ['-V']), what: 'the model check of the mute' },
  {
    packages: ['gcc-xtensa-lx106', 'qemu-user'],
    isThere: () => runs('xtensa-lx106-elf-gcc') && runs('qemu-xtensa'),
    what: 'the natives on Xtensa and their budgets',
  },
  { packages: ['gcc-multilib'], isThere: makes32Bits, what: 'the natives and XS in 32 bits' },
  {
    packages: ['mosquitto', 'mosquitto-clients', 'openssl'],
    isThere: () => ['/usr/sbin/mosquitto', 'mosquitto_sub', 'openssl'].every(starts),
    what: 'the home behind a real broker',
  },
  { packages: ['iproute2', 'util-linux'], isThere: canBeApart, what: 'that no packet is sent' },
  { packages: ['g++'], isThere: () => runs('c++'), what: "the chip's C++" },
];

/** Whether this machine lets a program have a network of its own. */
function canBeApart() {
  const words = ['--net', '--map-root-user', 'ip', 'link', 'set', 'lo', 'up'];
  return spawnSync('unshare', words, { stdio: 'ignore' }).status === 0;
}

/** Debian packages without which nothing can be tested. */
const needed = [
  { packages: ['gcc', 'libc6-dev'], isThere: () => runs('cc'), what: 'C compiler (`cc`)' },
  {
    packages: ['python3', 'python3-venv'],
    isThere: () => runs('python3', ['-c', 'import venv, ensurepip']),
    what: 'Python 3 with venv',
  },
];

const missingOf = (list) => list.filter(({ isThere }) => !isThere());
const packagesOf = (list) => list.flatMap(({ packages }) => packages);

function installSystemPackages() {
  if (mayInstall) installDebianPackages(packagesOf(missingOf([...needed, ...optional])));
  const missing = missingOf(needed);
  need(
    missing.length === 0,
    `there is no ${missing.map(({ what }) => what).join(' and no ')}`,
    howToGet([...missing, ...missingOf(optional)]),
  );
}

/** Once installing was tried, it is not proposed again. */
function howToGet(missing) {
  const packages = packagesOf(missing).join(' ');
  return mayInstall
    ? `On Debian: apt-get install ${packages}.`
    : `\`npm test -- --install\`, as root on Debian, installs ${packages} and goes on.`;
}

function sayWhatIsNotTested() {
  const missing = missingOf(optional);
  for (const each of missing) console.log(`NOT TESTED: ${each.what}. ${howToGet([each])}`);
}

/** True when `made` is missing or older than the list it was made from. */
function isStale(made, list) {
  return !existsSync(made) || statSync(made).mtimeMs < statSync(list).mtimeMs;
}

function installPythonPackages() {
  const marker = join(root, '.venv/.installed');
  const list = join(root, 'tests/requirements.txt');
  if (!isStale(marker, list)) return;
  const ok =
    run('python3', ['-m', 'venv', '.venv']) &&
    run(join(venvBin, 'pip'), ['install', '-q', '--disable-pip-version-check', '-r', list]);
  need(ok, 'the Python test packages could not be installed', 'See the message above.');
  writeFileSync(marker, '');
}

function check(name, command, args) {
  const ok = run(command, args);
  console.log(`${ok ? 'ok  ' : 'FAIL'} check: ${name}`);
  if (ok) passed++;
  else failed++;
}

function filesBelow(folders, pattern) {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name)),
  );
}

function runChecks() {
  const bin = (name) => join(root, 'node_modules/.bin', name);
  const cFolders = ['firmware', 'host-sim', 'tests'];
  const pythonFolders = ['firmware', 'host-sim', 'models', 'tests'];
  const portable = filesBelow(['firmware/natives', 'host-sim/interpreter'], /\.c$/);
  const warnings = ['-std=c99', '-fsyntax-only', '-Wall', '-Wextra', '-Werror', '-Wpedantic'];
  check('format and lint of TypeScript (biome)', bin('biome'), ['ci', '--colors=off', '.']);
  check('types (tsc)', bin('tsc'), ['-p', 'tsconfig.json']);
  check('types of the simulator page (tsc)', bin('tsc'), ['-p', 'host-sim/web/page']);
  check('import rules (dependency-cruiser)', bin('depcruise'), [
    'firmware',
    'host-sim',
    'tests',
    '--output-type',
    'err',
  ]);
  check('C without warnings (cc)', 'cc', [...warnings, ...portable]);
  check("the chip's natives and manifests", bin('tsx'), ['tests/firmware/esp32/build-check.ts']);
  check('format of C (clang-format)', join(venvBin, 'clang-format'), [
    '--dry-run',
    '--Werror',
    ...filesBelow(cFolders, /\.[ch]$/),
  ]);
  check('lint of Python (ruff)', join(venvBin, 'ruff'), ['check', '-q', ...pythonFolders]);
  check('format of Python (ruff)', join(venvBin, 'ruff'), ['format', '--check', '-q', ...pythonFolders]);
  check('earshot.wasm is built from these sources', bin('tsx'), ['host-sim/sim/wasm/build.ts', '--check']);
}

async function runJest() {
  const report = join(reports, 'jest.json');
  const all = ['--maxWorkers=100%', '--json', `--outputFile=${report}`];
  await ended(start('node', ['node_modules/jest/bin/jest.js', ...all], 'inherit'));
  if (!existsSync(report)) {
    failed++;
    return;
  }
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  passed += counts.numPassedTests;
  failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
}

/** Goes on beside Jest; what it says is shown when Jest has come to its end. */
async function runPytest(jest) {
  const report = join(reports, 'pytest.xml');
  const pytest = start(join(venvBin, 'python'), ['-m', 'pytest', `--junitxml=${report}`, '-rs'], 'pipe');
  const said = [];
  for (const stream of [pytest.stdout, pytest.stderr]) stream.on('data', (bytes) => said.push(bytes));
  await Promise.all([ended(pytest), jest]);
  process.stdout.write(Buffer.concat(said));
  const xml = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const count = (name) => Number(xml.match(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`))?.[1] ?? NaN);
  const broken = count('failures') + count('errors');
  if (Number.isNaN(broken)) {
    failed++;
    return;
  }
  passed += count('tests') - broken - count('skipped');
  failed += broken;
}

installSystemPackages();
need(installPackages('tools'), 'npm install failed', 'See its message above.');
installPythonPackages();
runChecks();
if (!checksOnly) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const jest = runJest();
  await Promise.all([jest, runPytest(jest)]);
  sayWhatIsNotTested();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
