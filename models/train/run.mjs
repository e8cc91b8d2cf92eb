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

/** What the Python packages take on the disk without PyTorch, in MB: `du -sm .venv-train`. */
const PACKAGES_MB = 600;
/** Where PyTorch publishes its builds for the processor alone; the Python Package Index's bring gigabytes for NVIDIA's cards. */
const TORCH_FOR_PROCESSORS = 'https://download.pytorch.org/whl/cpu';

function installPythonPackages() {
  console.error(
    `Installing what training needs from the Python Package Index into .venv-train, about ${PACKAGES_MB} MB on the disk …`,
  );
  // with the system's packages, so that a torch that is there already is used
  if (run('python3', ['-m', 'venv', '--system-site-packages', venv]) !== 0) return false;
  if (!hasTorch()) installDebianPackages(['python3-torch']);
  if (!hasTorch()) {
    console.error("Installing PyTorch for processors alone, from PyTorch's own index, some 200 MB …");
    if (
      run(python, ['-m', 'pip', 'install', '--quiet', 'torch>=1.13', '--index-url', TORCH_FOR_PROCESSORS]) !==
      0
    ) {
      console.error(
        'Without PyTorch nothing can be trained: `apt-get install python3-torch`, or any other build of it.',
      );
      return false;
    }
  }
  const steps = [
    [python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]],
    // its network alone: what it would bring along (a downloader, a text front end) is not used
    [python, ['-m', 'pip', 'install', '--quiet', '--no-deps', 'kokoro==0.9.4']],
  ];
  if (steps.some(([command, args]) => run(command, args) !== 0)) return false;
  writeFileSync(installed, '');
  return true;
}

function hasTorch() {
  return runs(python, ['-c', 'import torch']);
}

const words = process.argv.slice(2);
// Ctrl-C is for the training, which ends in good order; this process waits for it
process.on('SIGINT', () => {});

// what there is to train can be asked before anything is installed; argparse needs Python alone
if (words.includes('--help') || words.includes('-h')) {
  train(isReady() ? python : 'python3');
} else if (!installPackages('product') || !installPrograms() || !(isReady() || installPythonPackages())) {
  console.error('Cannot train: see above. Python 3.10 or later is needed.');
  process.exitCode = 1;
} else train(python);

function train(program) {
  const env = { ...process.env, PYTHONPATH: join(here, '..'), PYTHONUNBUFFERED: '1' };
  process.exitCode = run(program, ['-W', 'ignore', '-m', 'train', ...words], { env });
}
