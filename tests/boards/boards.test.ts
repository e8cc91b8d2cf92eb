import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinsOf } from '../../host-sim/packages/board-pins';
import { boardNames, loadBoard, loadPeripheral } from '../../host-sim/packages/boards';

const BOARDS = join(__dirname, '..', '..', 'boards');
const SECTIONS = ['## Pins', '## What mute does here', '## Limits', '## Sources'];

const names = boardNames(BOARDS);
const read = (...path: string[]) => readFileSync(join(BOARDS, ...path), 'utf8');

test('there are the boards that people have, the reference build among them', () => {
  expect(names).toEqual([
    'esp32-s3-box-3',
    'esp32-s3-devkitc',
    'esp32-s3-korvo-2',
    'home-assistant-voice-pe',
    'm5stack-atom-echo-s3r',
    'm5stack-cores3',
    'respeaker-lite',
    'waveshare-esp32-s3-audio',
  ]);
});

test('every folder of a board is named as mcconfig will call it: in lower case', () => {
  const folders = readdirSync(BOARDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...names, 'peripherals'].sort());
  for (const { name } of folders) expect(name).toBe(name.toLowerCase());
});

describe.each(names)('the board %s', (name) => {
  const { configuration } = loadBoard(name, BOARDS);
  const manifest = JSON.parse(read(name, 'manifest.json'));

  it('has pins that no two things use and that the module does not use itself', () => {
    // loadBoard throws otherwise, which the tests of broken boards hold it to
    expect(pinsOf(configuration).length).toBeGreaterThanOrEqual(4);
  });

  it('is a platform that mcconfig can build for', () => {
    expect(manifest.build).toMatchObject({
      ESP32_SUBCLASS: 'esp32s3',
      SDKCONFIGPATH: './sdkconfig',
      PARTITIONS_FILE_FOR_TARGET: `./../partitions-${configuration.module.flashMiB}mib.csv`,
    });
    expect(manifest.build.USE_USB).toBe(configuration.module.console === 'usb' ? '2' : undefined);
    expect(Object.keys(manifest).filter((key) => !['build', 'include', 'config'].includes(key))).toEqual([]);
  });

  it('includes the peripherals that its bus has, and no others', () => {
    const files = (configuration.peripherals ?? []).map(({ name }) => `../peripherals/${name}.json`);
    expect([...(manifest.include ?? [])].sort()).toEqual(files.sort());
  });

  it('tells ESP-IDF the memory that the module has', () => {
    const { flashMiB, psram, console } = configuration.module;
    const options = read(name, 'sdkconfig', 'sdkconfig.defaults').trim().split('\n');
    const enabled = options.filter((line) => line.endsWith('=y')).map((line) => line.slice(0, -2));
    expect(enabled.filter((option) => option.startsWith('CONFIG_ESPTOOLPY_FLASHSIZE_'))).toEqual([
      `CONFIG_ESPTOOLPY_FLASHSIZE_${flashMiB}MB`,
    ]);
    expect(enabled.filter((option) => option.startsWith('CONFIG_SPIRAM_MODE_'))).toEqual([
      psram === 'octal' ? 'CONFIG_SPIRAM_MODE_OCT' : 'CONFIG_SPIRAM_MODE_QUAD',
    ]);
    expect(enabled.filter((option) => option.startsWith('CONFIG_ESP_CONSOLE_'))).toEqual([
      console === 'usb' ? 'CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG' : 'CONFIG_ESP_CONSOLE_UART_DEFAULT',
    ]);
  });

  it('has a page with pins, what mute does, limits and sources, which names every pin', () => {
    expect(existsSync(join(BOARDS, name, 'README.md'))).toBe(true);
    const page = read(name, 'README.md');
    expect(SECTIONS.filter((section) => !page.includes(`${section}\n`))).toEqual([]);
    const pins = page.slice(page.indexOf('## Pins'), page.indexOf('## What mute'));
    expect(pinsOf(configuration).filter(({ pin }) => !new RegExp(`\\b${pin}\\b`).test(pins))).toEqual([]);
  });

  it('says on its page so when the mute has no line to the chip', () => {
    const isAbsent = 'absent' in configuration.mute;
    expect(/no mute line/i.test(read(name, 'README.md'))).toBe(isAbsent);
  });
});

describe.each(readdirSync(join(BOARDS, 'peripherals')))('the peripheral %s', (file) => {
  const name = file.replace('.json', '');
  const { steps } = loadPeripheral(name, BOARDS);

  it('is used by a board', () => {
    const users = names.filter((board) =>
      loadBoard(board, BOARDS).configuration.peripherals?.some((each) => each.name === name),
    );
    expect(users).not.toEqual([]);
  });

  it('says of every step what it means', () => {
    expect(steps.filter(([, meaning]) => !/\w+ \w+|:|\w{4}/.test(meaning))).toEqual([]);
  });

  it('writes values of one size, but for messages of a protocol', () => {
    const sizes = new Set(steps.filter(([step]) => !step.startsWith('wait')).map(([step]) => step.length));
    expect(sizes.size).toBe(1);
  });
});
