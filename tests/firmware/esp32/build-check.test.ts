import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BOARDS, boardNames } from '../../../host-sim/packages/boards';
import { complaints } from './check/compile';
import { cKit, SMALL_HEADERS } from './check/kits';
import { missingFiles } from './check/manifests';

const ROOT = join(__dirname, '../../..');
const boards = boardNames(BOARDS);
const GPIO = 'idf/components/all/driver/gpio.h';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string, mode = 0o644): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content, { mode });
  return whole;
}

function check(environment: Record<string, string> = {}) {
  const { IDF_PATH, MODDABLE, ESP_TFLITE_MICRO, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync('npx', ['tsx', 'tests/firmware/esp32/build-check.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...inherited, ...environment },
  });
  return { code: status, lines: stdout.trim().split('\n'), problems: stderr };
}

describe('a native', () => {
  const compiled = (text: string) =>
    complaints(
      cKit({}, folder),
      [put('planted.c', `#include "xsmc.h"\n#include "mc.xs.h"\n${text}`)],
      folder,
    );

  it('with an identifier that stands in full is taken', () => {
    expect(compiled('xsIdentifier planted(void) { return xsID_gamma; }\n')).toBe('');
  });

  it('with an identifier that a macro pastes is refused, as the SDK’s xsid does not see it', () => {
    const pasted = '#define ID(NAME) xsID_##NAME\nxsIdentifier planted(void) { return ID(gamma); }\n';
    expect(compiled(pasted)).toMatch(/xsID_gamma.* undeclared|undeclared .*xsID_gamma/);
  });

  it('with a warning is refused', () => {
    expect(compiled('static int unused;\n')).toMatch(/planted\.c:3:.*unused/);
  });
});

describe('a manifest', () => {
  const missing = (manifest: object, environment = {}) =>
    missingFiles(put('manifest.json', JSON.stringify(manifest)), environment);
  const path = () => join(folder, 'manifest.json');

  it('may name files in full, without what stands behind the dot, or by a pattern', () => {
    for (const name of ['a.ts', 'some/b.js', 'some/c.tflite']) put(name, '');
    const modules = { '*': ['./a', './some/b'], 'some/*': './some/*' };
    expect(missing({ modules, resources: { '*': ['./some/c.tflite'] } })).toEqual([]);
  });

  it.each([
    [{ modules: { main: './gone' } }, './gone'],
    [{ modules: { 'gone/*': './gone/*' } }, './gone/*'],
    [{ resources: { '*': ['./gone.tflite'] } }, './gone.tflite'],
    [{ platforms: { esp32: { modules: { '*': ['./gone.c'] } } } }, './gone.c'],
    [{ build: { SDKCONFIGPATH: './gone' } }, './gone'],
    [{ include: ['./gone.json'] }, './gone.json'],
  ])('that names what is not there is refused: %j', (manifest, name) => {
    expect(missing(manifest)).toEqual([`${path()}: ${name} is not there`]);
  });

  it('answers for those that it includes', () => {
    const inner = put('inner/manifest.json', '{ "modules": { "x": "./gone" } }');
    expect(missing({ include: ['./inner/manifest.json'] })).toEqual([`${inner}: ./gone is not there`]);
  });

  it('may name what lies in the SDK, which is looked at where there is one', () => {
    const manifest = { modules: { '*': ['$(MODULES)/base/console/modConsole.c'] } };
    expect(missing(manifest)).toEqual([]);
    const environment = { MODDABLE: join(folder, 'sdk') };
    expect(missing(manifest, environment)).toHaveLength(1);
    put('sdk/modules/base/console/modConsole.c', '');
    expect(missing(manifest, environment)).toEqual([]);
  });
});

describe('the command', () => {
  it('is content with the repository', () => {
    const { code, lines, problems } = check();
    expect(problems).toBe('');
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^well: \d+ natives in C against the small headers of tests\/firmware\/esp32$/);
    expect(lines.at(-1)).toBe(`well: ${boards.length + 1} manifests: every file that they name`);
  });

  /** An SDK and an ESP-IDF whose headers are the small ones. */
  function kit(): Record<string, string> {
    put('sdk/tools/VERSION', '8.2.3\n');
    put('sdk/tools/mcconfig/make.esp32.mk', 'DRIVER_DIRS = \\\n\t$(IDF_PATH)/components/all\n');
    cpSync(SMALL_HEADERS, join(folder, 'idf/components/all'), { recursive: true });
    return { IDF_PATH: join(folder, 'idf'), MODDABLE: join(folder, 'sdk'), CHIP_CC: 'cc' };
  }

  it('reads the real headers where they are, and holds the small ones to them', () => {
    const environment = kit();
    expect(check(environment).lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^well: \d+ natives in C against ESP-IDF \? and Moddable SDK 8\.2\.3, by cc$/),
      expect.stringMatching(/^well: 1 in C\+\+ /),
      expect.stringMatching(/^well: \d+ small headers of tests\/firmware\/esp32 against those$/),
    ]);
    const changed = readFileSync(join(folder, GPIO), 'utf8').replace(
      'gpio_get_level(',
      'gpio_get_level(int, ',
    );
    put(GPIO, changed);
    const { code, lines, problems } = check(environment);
    expect(code).toBe(1);
    expect(lines[2]).toMatch(/^not well: \d+ small headers/);
    expect(problems).toMatch(/conflicting types for .gpio_get_level/);
  });

  it('gives the manifests of every board to mcconfig where that is', () => {
    put(
      'bin/mcconfig',
      '#!/bin/sh\necho "$@" >> "$CALLS"\ncase "$*" in *box-3*) echo no such thing; exit 1;; esac\n',
      0o755,
    );
    const calls = join(folder, 'calls');
    const PATH = `${join(folder, 'bin')}:${process.env.PATH}`;
    const { code, lines, problems } = check({ PATH, CALLS: calls });
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe(`not well: ${boards.length} boards, by mcconfig`);
    expect(problems).toBe('esp32-s3-box-3: no such thing\n\n');
    const words = readFileSync(calls, 'utf8').trim().split('\n');
    expect(words).toHaveLength(boards.length);
    for (const line of words)
      expect(line).toMatch(/^-t build -p esp32:\.\/boards\/\S+ -o \S+ \S+\/manifest\.json$/);
  });
});
