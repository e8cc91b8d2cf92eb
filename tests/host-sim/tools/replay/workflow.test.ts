import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../cli/command';

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { uses?: string; run?: string }[] }>>;
}

const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
const steps = Object.values((parse(yaml) as Workflow).jobs).flatMap((job) => job.steps);
let folder: string;

beforeEach(() => {
  // a checkout in which nothing can be left behind
  folder = mkdtempSync(join(tmpdir(), 'earshot-workflow-'));
  for (const name of [
    'host-sim',
    'firmware',
    'boards',
    'models',
    'tests',
    'node_modules',
    'package.json',
    'package-lock.json',
  ])
    symlinkSync(join(ROOT, name), join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** As the runner of GitHub runs a step. */
function runStep(script: string) {
  return spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd: folder, encoding: 'utf8' });
}

const scripts = steps.flatMap(({ run }) => run ?? []);

test('the workflow of the README does as it stands there what it is there for', () => {
  expect(scripts).toHaveLength(1);
  for (const script of scripts) expect(runStep(script)).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(folder, 'heard.xml'), 'utf8')).toMatch(/tests="1" failures="0" errors="0"/);
}, 120_000);

test('and fails where the speaker hears something else', () => {
  // the words under the mute are heard when the switch stays open
  const [script = ''] = scripts;
  const open = script.replace(/--mute \S+/, '');
  expect(open).not.toBe(script);
  expect(runStep(open).status).toBe(1);
  expect(readFileSync(join(folder, 'heard.xml'), 'utf8')).toMatch(/<failure .*whatTime/s);
  expect(existsSync(join(folder, 'heard.xml'))).toBe(true);
}, 120_000);
