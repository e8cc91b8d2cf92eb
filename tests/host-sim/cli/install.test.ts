import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
/** What npm writes last: the packages that are there. */
const INSTALLED = 'node_modules/.package-lock.json';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'earshot-clone-'));
  for (const path of ['host-sim/cli/run.mjs', 'host-sim/cli/install.mjs', 'package-lock.json'])
    cpSync(join(ROOT, path), join(clone, path));
  mkdirSync(join(clone, 'bin'));
  // writes down what it is asked for, and has no network
  writeFileSync(join(clone, 'bin/npm'), '#!/bin/sh\necho "$@" > "$ASKED"\nexit 1\n', { mode: 0o755 });
});
afterEach(() => rmSync(clone, { recursive: true }));

/** What npm is asked for before a command can start; nothing where all is there. */
function askedOfNpm(verb: string): string[] {
  const asked = join(clone, 'asked');
  writeFileSync(asked, '');
  spawnSync(process.execPath, [join(clone, 'host-sim/cli/run.mjs'), verb], {
    env: { ...process.env, PATH: `${join(clone, 'bin')}:/usr/bin:/bin`, ASKED: asked },
  });
  return readFileSync(asked, 'utf8').split(/\s/).filter(Boolean);
}

/** As `npm install --omit=dev` leaves it. */
function installWithoutTools(): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const kept = Object.entries(packages).filter(([, each]) => !(each as { dev?: boolean }).dev);
  const path = join(clone, INSTALLED);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ packages: Object.fromEntries(kept) }));
}

it.each(['build', 'flash', 'soak', 'budgets'])('gets the tools of development for %s', (verb) => {
  expect(askedOfNpm(verb)).toContain('install');
  expect(askedOfNpm(verb)).not.toContain('--omit=dev');
  installWithoutTools();
  expect(askedOfNpm(verb)).toContain('install');
});

it.each(['replay', 'listen', 'grammar'])('gets no tools of development for %s', (verb) => {
  expect(askedOfNpm(verb)).toEqual(expect.arrayContaining(['install', '--omit=dev']));
  installWithoutTools();
  expect(askedOfNpm(verb)).toEqual([]);
});
