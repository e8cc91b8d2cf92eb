// `npm run models:train -- phones` and `npm run wake:train -- "hey earshot"`: makes .venv-train when it is missing, then
// runs `python -m train` in it with the same arguments.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const venv = fileURLToPath(new URL('../../.venv-train', import.meta.url));
const python = join(venv, 'bin/python');
const requirements = join(here, 'requirements.txt');
const installed = join(venv, 'installed');

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

function isReady() {
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(requirements).mtimeMs;
}

function install() {
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

if (!isReady() && !install()) {
  console.error('Cannot train: see above. Python 3.10 or later with venv is needed (Debian: python3-venv).');
  process.exitCode = 1;
} else {
  const env = { ...process.env, PYTHONPATH: join(here, '..'), PYTHONUNBUFFERED: '1' };
  process.exitCode = run(python, ['-W', 'ignore', '-m', 'train', ...process.argv.slice(2)], { env });
}
