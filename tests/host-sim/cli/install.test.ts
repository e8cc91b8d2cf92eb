import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PACKAGES_MB } from '../../../host-sim/cli/install.mjs';

const ROOT = join(__dirname, '../../..');
/** What stands before the packages. */
const DOOR = ['run.mjs', 'install.mjs', 'commands.json'].map((name) => `host-sim/cli/${name}`);
/** What npm writes last: the packages that are there. */
const INSTALLED = 'node_modules/.package-lock.json';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'earshot-clone-'));
  for (const path of [...DOOR, 'package.json', 'package-lock.json'])
    cpSync(join(ROOT, path), join(clone, path));
  mkdirSync(join(clone, 'bin'));
  // writes down what it is asked for, and has no network
  writeFileSync(join(clone, 'bin/npm'), '#!/bin/sh\necho "$@" > "$ASKED"\nexit 1\n', { mode: 0o755 });
});
afterEach(() => rmSync(clone, { recursive: true }));

/** A machine without a compiler and without Python, on which apt-get writes down what it is asked for. */
function testOnFreshMachine(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  mkdirSync(join(clone, 'tests'));
  cpSync(join(ROOT, 'tests/run.mjs'), join(clone, 'tests/run.mjs'));
  const asked = join(clone, 'asked');
  writeFileSync(asked, '');
  writeFileSync(join(clone, 'bin/apt-get'), `#!/bin/sh\n[ "$1" = --version ] || echo "$@" >> '${asked}'\n`, {
    mode: 0o755,
  });
  const { status, stderr } = spawnSync(process.execPath, [join(clone, 'tests/run.mjs'), ...words], {
    env: { PATH: join(clone, 'bin'), ...environment },
    encoding: 'utf8',
  });
  return {
    status,
    said: stderr.trim().split('\n'),
    asked: readFileSync(asked, 'utf8').split('\n').filter(Boolean),
  };
}

/** What npm is asked for before a command can start; nothing where all is there. */
function askedOfNpm(...words: string[]): string[] {
  const asked = join(clone, 'asked');
  writeFileSync(asked, '');
  spawnSync(process.execPath, [join(clone, 'host-sim/cli/run.mjs'), ...words], {
    env: { ...process.env, PATH: `${join(clone, 'bin')}:/usr/bin:/bin`, ASKED: asked },
  });
  return readFileSync(asked, 'utf8').split(/\s/).filter(Boolean);
}

/** On a machine where npm fails. */
function earshot(...words: string[]) {
  return spawnSync(process.execPath, [join(clone, 'host-sim/cli/run.mjs'), ...words], {
    env: { PATH: `${join(clone, 'bin')}:/usr/bin:/bin`, ASKED: '/dev/null' },
    encoding: 'utf8',
  });
}

/** Without the packages within packages, which are listed by themselves. */
function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? bytesBelow(path) : lstatSync(path).size;
    })
    .reduce((sum, size) => sum + size, 0);
}

interface Listed {
  readonly version: string;
  readonly dev?: boolean;
}

/** As `npm install --omit=dev` leaves it. */
function installWithoutTools(change = (listed: Listed): Listed => listed): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const kept = (Object.entries(packages) as [string, Listed][]).filter(([, { dev }]) => !dev);
  const path = join(clone, INSTALLED);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    JSON.stringify({ packages: Object.fromEntries(kept.map(([name, each]) => [name, change(each)])) }),
  );
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

it.each(['replay', 'flash', 'soak'])(
  'installs nothing for the help of %s where there are packages',
  (verb) => {
    installWithoutTools((listed) => ({ ...listed, version: '0.0.0' }));
    expect(askedOfNpm(verb, '--help')).toEqual([]);
    expect(askedOfNpm(verb, '-h')).toEqual([]);
    expect(askedOfNpm(verb)).toContain('install');
  },
);

it.each(['replay', 'flash', 'soak', 'grammar'])(
  'installs nothing for the help of %s on a fresh machine either',
  (verb) => {
    expect(askedOfNpm(verb, '--help')).toEqual([]);
    const { status, stdout } = earshot(verb, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^earshot ${verb}: .*\\n\\nIts options are known once`));
  },
);

it('says before it installs how much and from where', () => {
  expect(earshot('replay').stderr).toMatch(
    /^First run: npm install, from npm's registry, once; in all about 50 MB on the disk …\n/,
  );
  expect(earshot('flash').stderr).toMatch(/about 500 MB on the disk/);
});

it('and says it rightly', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, INSTALLED), 'utf8'));
  const sizeOf = (isWanted: (listed: Listed) => boolean): number =>
    Object.entries(packages as Record<string, Listed>)
      .filter(([path, listed]) => isWanted(listed) && existsSync(join(ROOT, path)))
      .reduce((sum, [path]) => sum + bytesBelow(join(ROOT, path)), 0) / 1e6;
  expect(Math.abs(sizeOf(({ dev }) => !dev) / PACKAGES_MB.product - 1)).toBeLessThan(0.3);
  expect(Math.abs(sizeOf(() => true) / PACKAGES_MB.tools - 1)).toBeLessThan(0.3);
});

it('tells of all commands when it is asked for nothing, and which one was meant', () => {
  expect(earshot().stdout).toMatch(/Usage: earshot COMMAND …\n(.*\n)* {2}replay +plays recordings/);
  expect(earshot('--help').stdout).toBe(earshot().stdout);
  expect(earshot('replya')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/'replya' is no command/),
  });
  expect(askedOfNpm('replya')).toEqual([]);
});

describe('the tests on a fresh machine', () => {
  it('say what is missing and the command that installs it, and ask for nothing', () => {
    const { status, said, asked } = testOnFreshMachine([]);
    expect({ status, asked, count: said.length }).toEqual({ status: 1, asked: [], count: 1 });
    expect(said[0]).toMatch(
      /^Cannot run the tests: there is no C compiler \(`cc`\) and no Python 3 with venv\. `npm test -- --install`, as root on Debian, installs gcc libc6-dev python3 python3-venv chromium /,
    );
  });

  const whereRoot = process.getuid?.() === 0 ? it : it.skip;

  whereRoot.each([
    [['--install'], {}],
    [[], { CI: 'true' }],
  ])('with %j and %j say first what they install', (words, environment) => {
    const { status, said, asked } = testOnFreshMachine(words, environment);
    expect(said[0]).toMatch(
      /^Installing with apt-get, as root: gcc libc6-dev python3 python3-venv chromium /,
    );
    expect(asked.slice(0, 2)).toEqual(['update -qq', 'install -y -qq gcc']);
    expect(status).toBe(1); // this apt-get brings nothing
    expect(said.at(-1)).toMatch(/there is no C compiler.*On Debian: apt-get install gcc /);
  });
});
