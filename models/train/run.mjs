// `npm run models:train -- phones` and `npm run wake:train -- "hey earshot"`: installs what is missing, the Python packages
// into .venv-train, then runs `python -m train` in it with the same arguments.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages, installPackages, runs } from '../../host-sim/cli/install.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const venv = fileURLToPath(new URL('../../.venv-train', import.meta.url));
const python = join(venv, 'bin/python');
const requirements = join(here, 'requirements.txt');
const installed = join(venv, 'installed');

/** What training calls, and the Debian packages that have it. */
const programs = [
  { package: 'python3-venv', isThere: () => runs('python3', ['-c', 'import venv, ensurepip']) },
  { package: 'flite', isThere: () => runs('flite', ['-t', 'a', 'none']) },
  { package: 'espeak-ng', isThere: () => runs('espeak-ng', ['--version']) },
];

function installPrograms() {
  const missing = () => programs.filter(({ isThere }) => !isThere()).map((program) => program.package);
  installDebianPackages(missing());
  if (missing().length === 0) return true;
  console.error(`Missing: ${missing().join(', ')} (Debian: apt-get install ${missing().join(' ')}).`);
  return false;
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

function isReady() {
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(requirements).mtimeMs;
}

function installPythonPackages() {
  console.error('Installing what training needs into .venv-train …');
  const steps = [
    // with the system's packages, so that a torch that is there already is used
    ['python3', ['-m', 'venv', '--system-site-packages', venv]],
    [python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]],
    // its network alone: what it would bring along (a downloader, a text front end) is not used
    [python, ['-m', 'pip', 'install', '--quiet', '--no-deps', 'kokoro==0.9.4']],
  ];
  if (steps.some(([command, args]) => run(command, args) !== 0)) return false;
  writeFileSync(installed, '');
  return true;
}

// what there is to train can be asked before anything is installed; argparse needs Python alone
const isAsked = process.argv.slice(2).some((word) => word === '--help' || word === '-h');
if (isAsked) {
  const env = { ...process.env, PYTHONPATH: join(here, '..') };
  process.exitCode = run(isReady() ? python : 'python3', ['-m', 'train', ...process.argv.slice(2)], { env });
} else if (!installPackages('product') || !installPrograms() || !(isReady() || installPythonPackages())) {
  console.error('Cannot train: see above. Python 3.10 or later is needed.');
  process.exitCode = 1;
} else {
  const env = { ...process.env, PYTHONPATH: join(here, '..'), PYTHONUNBUFFERED: '1' };
  process.exitCode = run(python, ['-W', 'ignore', '-m', 'train', ...process.argv.slice(2)], { env });
}
