import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packedResourceFile } from '../../../../host-sim/packages/firmware-models';
import { readRecording } from '../../../../host-sim/sim/audio/any-recording';
import { SAMPLE_RATE } from '../../../../host-sim/sim/audio/sound';
import { clipFile } from '../../../../host-sim/tools/board/clip';
import { longestClipSeconds } from '../../../../host-sim/tools/board/clip-room';
import { mergeImage } from '../../../../host-sim/tools/board/image';
import { flashCommand, outputFolder } from '../../../../host-sim/tools/board/output';
import { findToolchain } from '../../../../host-sim/tools/board/toolchain';
import { run } from '../../cli/command';

const ROOT = join(__dirname, '../../../..');
const KITCHEN = join(ROOT, 'host-sim/tools/replay/recordings/kitchen.wav');

/** Writes down how it was called, and builds as the SDK's makefile does: ESP-IDF makes all files but $UNMADE, which fails
 * nothing by itself; an ELF must be there, and what is there is taken. */
const MCCONFIG = `#!/bin/sh
echo "$PWD" "$@" >> "$CALLS"
while [ $# -gt 0 ]; do [ "$1" = -o ] && output="$2"; shift; done
[ "$BROKEN" ] && exit 3
tsc --version >> "$CALLS" || exit 127
project="$output/tmp/esp32/board/release/earshot/xsProj-esp32s3/build"
to="$output/bin/esp32/board/release/earshot"
mkdir -p "$project/bootloader" "$project/partition_table" "$to"
make() { [ "$UNMADE" = "$(basename $1)" ] || printf "$2" > "$project/$1"; }
make xs_esp32.elf linked
make xs_esp32.bin firmware
[ "$UNMADE" = xs_esp32.map ] || cp "$MAP" "$project/xs_esp32.map"
[ "$ENLARGED" ] && head -c "$ENLARGED" /dev/zero >> "$project/xs_esp32.bin"
make bootloader/bootloader.bin boot
make partition_table/partition-table.bin table
make ota_data_initial.bin slots
[ -e "$project/xs_esp32.elf" ] || exit 2
for piece in xs_esp32.map xs_esp32.bin bootloader/bootloader.bin partition_table/partition-table.bin ota_data_initial.bin; do
  cp "$project/$piece" "$to" 2> /dev/null
done
exit 0
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-build-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string): void {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
  chmodSync(whole, 0o755);
}

function idf(major: number, minor: number): void {
  put('idf/tools/cmake/version.cmake', `set(IDF_VERSION_MAJOR ${major})\nset(IDF_VERSION_MINOR ${minor})\n`);
}

/** The environment of somebody who has set up everything, but for what the test takes away. */
function environment(changes: Record<string, string> = {}): Record<string, string> {
  put('sdk/tools/VERSION', '8.2.3\n');
  put('bin/mcconfig', MCCONFIG);
  put('bin/idf.py', '#!/bin/sh\n');
  put('bin/tsc', '#!/bin/sh\necho of somebody else\n');
  idf(6, 0);
  return {
    MODDABLE: join(folder, 'sdk'),
    IDF_PATH: join(folder, 'idf'),
    PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    CALLS: join(folder, 'calls'),
    BROKEN: '',
    UNMADE: '',
    ENLARGED: '',
    MAP: join(__dirname, 'fixtures/firmware.map'),
    ...changes,
  };
}

const build = (words: string[], changes?: Record<string, string>) =>
  run(['build', '--output', join(folder, 'out'), ...words], environment(changes));

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

describe('without the SDK the build', () => {
  const nothing = { MODDABLE: '', IDF_PATH: '', PATH: '/usr/bin:/bin' };

  it('explains itself in five lines, with the commands that get what is missing', () => {
    const { code, problems } = build(['--board', 'esp32-s3-box-3'], nothing);
    expect(code).toBe(2);
    expect(problems).toHaveLength(5);
    expect(problems[0]).toMatch(/^earshot: cannot build for esp32-s3-box-3; missing: /);
    for (const missing of ['MODDABLE', 'mcconfig in PATH', 'IDF_PATH', 'idf.py in PATH'])
      expect(problems[0]).toContain(missing);
    expect(problems[1]).toMatch(/Moddable SDK 8\.2: npx xs-dev setup$/);
    expect(problems[2]).toMatch(/ESP-IDF 6\.0: npx xs-dev setup --device esp32\b/);
  });

  it('finds the recording missing before the SDK', () => {
    const { code, problems } = build(['--clip', 'gone.wav'], nothing);
    expect({ code, problems }).toEqual({
      code: 2,
      problems: ['earshot: gone.wav: not there; the path of a recording would be right'],
    });
  });

  const explanation = (settings: Record<string, string>) => {
    const toolchain = findToolchain(settings);
    return 'explanation' in toolchain ? toolchain.explanation[0] : undefined;
  };

  it.each([
    [{ MODDABLE: '/nowhere' }, 'missing: the Moddable SDK: MODDABLE is /nowhere, which does not exist'],
    [{ IDF_PATH: '/nowhere' }, 'missing: ESP-IDF: IDF_PATH is /nowhere, which does not exist'],
    [
      { PATH: '/usr/bin:/bin' },
      'missing: mcconfig in PATH; idf.py in PATH; tsc in PATH, which npm install brings',
    ],
    [{}, undefined],
  ])('says what of it is not right: %j', (changes, reason) => {
    expect(explanation(environment(changes))).toBe(reason);
  });

  it.each([
    ['7.3.0', [5, 1], 'missing: Moddable SDK 8.2 (this is 7.3.0); ESP-IDF 6.0 (this is 5.1)'],
    ['8.20.0', [6, 0], 'missing: Moddable SDK 8.2 (this is 8.20.0)'],
    ['8.2', [6, 0], undefined],
  ] as const)('says which version there is: SDK %s, ESP-IDF %j', (sdk, [major, minor], reason) => {
    const settings = environment();
    put('sdk/tools/VERSION', `${sdk}\n`);
    idf(major, minor);
    expect(explanation(settings)).toBe(reason);
  });

  it('says that TypeScript’s compiler is missing, which mcconfig calls', () => {
    const settings = environment();
    rmSync(join(folder, 'bin/tsc'));
    expect(explanation(settings)).toBe('missing: tsc in PATH, which npm install brings');
  });

  it('says so when a version cannot be read', () => {
    const settings = environment();
    rmSync(join(folder, 'idf/tools'), { recursive: true });
    expect(explanation(settings)).toBe('missing: ESP-IDF 6.0 (its version cannot be read)');
  });
});

describe('with the SDK the build', () => {
  it.each([
    [[], ''],
    [['--debug'], '-d '],
    [['--instrument'], '-i '],
  ])('%j calls mcconfig in the repository’s folder', (words, mode) => {
    const { code } = build(['--board', 'm5stack-cores3', ...words]);
    expect(code).toBe(0);
    expect(calls()).toEqual([
      `${ROOT} ${mode}-m -t build -p esp32:./boards/m5stack-cores3 -o ${folder}/out ${ROOT}/manifest.json`,
      expect.stringMatching(/^Version 5/), // of the packages' TypeScript
    ]);
  });

  it('leaves the whole flash in one file, each piece at its address', () => {
    const { out } = build([]);
    expect(out).toContain('firmware: 8 bytes, 0 % of its slot');
    const flash = readFileSync(join(folder, 'out/earshot-esp32-s3-devkitc.bin'));
    const at = (address: number, bytes: number) => flash.toString('latin1', address, address + bytes);
    expect(at(0, 5)).toBe('boot\xff');
    expect(at(0x8000, 6)).toBe('table\xff');
    expect(at(0x10000, 9)).toBe('firmware\xff');
    expect(at(0x390000, 6)).toBe('slots\xff');
    const resources = packedResourceFile();
    expect(flash.subarray(0x3e0000).equals(resources)).toBe(true);
    expect(out).toContain(`0x3e0000  resources.bin, ${resources.length.toLocaleString('en-GB')} bytes`);
  });

  it('leaves the second place for resources empty, where there is one, so that the first is the newest', () => {
    const { out } = build(['--board', 'm5stack-cores3']);
    expect(out).toMatch(/0x6b0000 {2}resources\.bin/);
    expect(out).toContain('0xa30000  resources_b, emptied, 4,096 bytes');
    const flash = readFileSync(join(folder, 'out/earshot-m5stack-cores3.bin'));
    expect(flash.subarray(0xa30000).equals(Buffer.alloc(4096, 0xff))).toBe(true);
  });

  it('puts a recording in place of the microphone', async () => {
    const spoken = (await readRecording(readFileSync(KITCHEN))).pcm.subarray(0, 4 * SAMPLE_RATE);
    const file = join(folder, 'kitchen.wav');
    writeFileSync(file, clipFile(spoken));
    const { code } = build(['--clip', file]);
    expect(code).toBe(0);
    expect(calls()[0]?.endsWith(`-o ${folder}/out ${folder}/out/variant/manifest.json`)).toBe(true);
    const manifest = JSON.parse(readFileSync(join(folder, 'out/variant/manifest.json'), 'utf8'));
    expect(join(folder, 'out/variant', manifest.include[0])).toBe(join(ROOT, 'manifest.json'));
    expect(manifest.config.board.mic.clip).toBe('kitchen.clip');
    expect(manifest.resources['*']).toEqual(['./kitchen']);
    const clip = readFileSync(join(folder, 'out/variant/kitchen.clip'));
    const { pcm, conversion } = await readRecording(clip);
    expect(conversion).toBeUndefined();
    expect(pcm).toEqual(spoken);
  });

  it('says how to bring this very build onto the board', () => {
    const { out } = build(['--board', 'm5stack-cores3', '--portable-kernels']);
    expect(out).toContain(`npm run flash -- --board m5stack-cores3 --build ${folder}/out --port PORT`);
    const made = { board: 'pi', mode: 'debug', hasClip: true, hasPortableKernels: true } as const;
    expect(flashCommand(made)).toBe(
      'npm run flash -- --board pi --mode debug --clip --portable-kernels --port PORT',
    );
  });

  it('takes portable kernels by the board’s options of ESP-IDF and one more', () => {
    const { code } = build(['--board', 'm5stack-cores3', '--portable-kernels']);
    expect(code).toBe(0);
    expect(calls()[0]?.endsWith(`-o ${folder}/out ${folder}/out/variant/manifest.json`)).toBe(true);
    const read = (path: string) => readFileSync(join(folder, 'out/variant', path), 'utf8');
    const { include } = JSON.parse(read('manifest.json'));
    expect(join(folder, 'out/variant', include[0])).toBe(join(ROOT, 'manifest.json'));
    // after the firmware's own, which includes the board's
    expect(include.slice(1)).toEqual(['./kernels.json']);
    expect(JSON.parse(read('kernels.json'))).toEqual({ build: { SDKCONFIGPATH: './sdkconfig' } });
    const ofBoard = readFileSync(join(ROOT, 'boards/m5stack-cores3/sdkconfig/sdkconfig.defaults'), 'utf8');
    expect(read('sdkconfig/sdkconfig.defaults')).toBe(`${ofBoard}CONFIG_NN_ANSI_C=y\n`);
  });

  it('lays builds that differ into folders that differ', () => {
    const usual = {
      board: 'm5stack-cores3',
      mode: 'release',
      hasClip: false,
      hasPortableKernels: false,
    } as const;
    const folders = [{}, { hasClip: true }, { hasPortableKernels: true }].map((variant) =>
      basename(outputFolder({ ...usual, ...variant })),
    );
    expect(folders).toEqual(['release', 'release-clip', 'release-portable']);
  });

  it.each([
    ['xs_esp32.elf', /the build failed; mcconfig, which ended with 2/],
    ['xs_esp32.bin', /the build failed; mcconfig left no firmware below/],
    ['xs_esp32.map', /the build failed; xs_esp32\.map is missing below/],
    ['bootloader.bin', /the build failed; .*bootloader\.bin is missing/],
    ['partition-table.bin', /the build failed; .*partition-table\.bin is missing/],
    ['ota_data_initial.bin', /the build failed; .*ota_data_initial\.bin is missing/],
  ])('does not take the %s of an earlier build for one that was not made', (UNMADE, reason) => {
    expect(build([]).code).toBe(0);
    const { code, problems } = build([], { UNMADE });
    expect(code).toBe(1);
    expect(problems.at(-1)).toMatch(reason);
    expect(existsSync(join(folder, 'out/earshot-esp32-s3-devkitc.bin'))).toBe(false);
  });

  it('tells that the firmware does not fit, and ends as it does for tests that fail', () => {
    const { code, problems } = build([], { ENLARGED: String(0x1c0000) });
    expect(code).toBe(1);
    expect(problems).toEqual([
      'earshot: the build failed; the firmware has 1835016 bytes; its slot has 1835008',
    ]);
  });

  it('prints what takes the flash and the memory, and holds it to its budget', () => {
    const map = readFileSync(join(__dirname, 'fixtures/firmware.map'), 'utf8');
    put('large.map', map.replace('0x10 esp-idf/mbedtls', '0x1c0000 esp-idf/mbedtls'));
    const { code, out } = build([]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +65,536 {2}recordings$/m);
    const large = { MAP: join(folder, 'large.map') };
    const refused = build([], large);
    expect(refused.code).toBe(1);
    expect(refused.problems.at(-1)).toMatch(
      /the build failed; the firmware is over its budget: code has 1,8/,
    );
    expect(build(['--debug'], large).code).toBe(0);
  });

  it('leaves alone what no build makes', () => {
    put('out/bin/notes.txt', 'mine');
    put('out/bootloader.bin', 'mine too');
    expect(build([]).code).toBe(0);
    const kept = ['out/bin/notes.txt', 'out/bootloader.bin'].map((path) => existsSync(join(folder, path)));
    expect(kept).toEqual([true, true]);
  });

  it('tells that mcconfig failed, and ends as it does for tests that fail', () => {
    const { code, problems } = build([], { BROKEN: 'yes' });
    expect(code).toBe(1);
    expect(problems.join()).toContain('the build failed; mcconfig, which ended with 3');
  });
});

describe('a recording in place of the microphone', () => {
  const clipOf = (seconds: number) => {
    const file = join(folder, 'clip.wav');
    writeFileSync(file, clipFile(new Int16Array(Math.round(seconds * SAMPLE_RATE))));
    return file;
  };

  it.each([
    [[], longestClipSeconds(false)],
    [['--portable-kernels'], longestClipSeconds(true)],
  ])('may be as long as there is room for %j', (words, seconds) => {
    expect(build(['--clip', clipOf(seconds), ...words]).code).toBe(0);
  });

  it.each([
    [[], longestClipSeconds(false)],
    [['--portable-kernels'], longestClipSeconds(true)],
  ])('is refused before the build when it is longer %j', (words, most) => {
    const file = clipOf(most + 0.25);
    const { code, problems } = build(['--clip', file, ...words]);
    expect({ code, problems }).toEqual({
      code: 2,
      problems: [
        `earshot: --clip ${file}: it has ${(most + 0.25).toFixed(2)} s; the firmware has room for ${most} s, so cut it`,
      ],
    });
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  it.each([
    ['README.md', () => readFileSync(join(ROOT, 'README.md'), 'utf8')],
    ['--help', () => build(['--help']).out],
  ])('has its limit told in %s', (_, text) => {
    const told = text().replaceAll(/\s+/g, ' ');
    expect(told).toContain(`at most ${longestClipSeconds(false)} s, ${longestClipSeconds(true)} s with`);
  });
});

describe('the build refuses', () => {
  it.each([
    [['--board', 'pi'], /no board 'pi': there is esp32-s3-box-3, esp32-s3-devkitc/],
    [['--debug', '--instrument'], /either --debug or --instrument/],
    [['--board', 'respeaker-lite', '--debug'], /--debug: Moddable's debugger takes pins 43 and 44/],
    [['--clip', '/nowhere.wav'], /\/nowhere\.wav: not there; the path of a recording would be right/],
    [['--clip', __filename], /--clip .*: not a recording/],
    [['esp32-s3-box-3'], /build takes no 'esp32-s3-box-3'; --board NAME would be right/],
  ])('%j', (words, reason) => {
    const { code, problems } = build(words);
    expect(code).toBe(2);
    expect(problems[0]).toMatch(reason);
  });
});

test('what lies between the pieces reads as erased flash', () => {
  const pieces = [
    { name: 'a', address: 4, data: new Uint8Array([1, 2]) },
    { name: 'b', address: 0, data: new Uint8Array([3]) },
  ];
  expect([...mergeImage(pieces)]).toEqual([3, 255, 255, 255, 1, 2]);
});
