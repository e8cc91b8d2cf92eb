import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The names of the rules that a tree of files breaks. */
function brokenBy(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-walls-'));
  try {
    for (const [name, text] of Object.entries({ 'tsconfig.json': '{}', 'package.json': '{}', ...files })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const folders = ['firmware', 'host-sim'].filter((name) =>
      Object.keys(files).some((file) => file.startsWith(name)),
    );
    const { stdout } = spawnSync(
      join(root, 'node_modules/.bin/depcruise'),
      ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders],
      { cwd: folder, encoding: 'utf8' },
    );
    const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const EAR = {
  'firmware/io/ear.ts': 'export class ChipEar {}\n',
  'firmware/esp32/ear.ts': 'export class Ear {}\n',
};
const REACHES_EAR = "import { ChipEar } from '../io/ear';\nexport const ear = new ChipEar();\n";
const FAR = "import { ear } from './near';\nexport const far = ear;\n";

describe('the import rules', () => {
  it('let the composition reach the ear', () => {
    const main = "import { ChipEar } from './io/ear';\nexport const ear = new ChipEar();\n";
    expect(brokenBy({ ...EAR, 'firmware/main.ts': main })).toEqual([]);
  });

  it.each([
    ['a module of the network', { 'firmware/io/mqtt.ts': REACHES_EAR.replace('../io', '.') }],
    [
      'a module of the network, by way of another',
      { 'firmware/io/near.ts': REACHES_EAR.replace('../io', '.'), 'firmware/io/mqtt.ts': FAR },
    ],
    ['the dashboard', { 'firmware/dashboard/near.ts': REACHES_EAR }],
    ['the home', { 'firmware/home/near.ts': REACHES_EAR }],
    ['the record', { 'firmware/record/near.ts': REACHES_EAR }],
  ])('keep %s from the ear', (_what, files) => {
    expect(brokenBy({ ...EAR, ...files } as Record<string, string>)).toContain('only-main-reaches-the-ear');
  });

  it('keep what serves pages in the simulator from its sound', () => {
    const files = {
      'host-sim/sim/wasm/wasm-ear.ts': 'export class WasmEar {}\n',
      'host-sim/sim/serve/near.ts':
        "import { WasmEar } from '../wasm/wasm-ear';\nexport const ear = new WasmEar();\n",
      'host-sim/sim/serve/server.ts': FAR,
    };
    expect(brokenBy(files)).toContain('what-speaks-to-a-network-reaches-no-sound');
  });
});
