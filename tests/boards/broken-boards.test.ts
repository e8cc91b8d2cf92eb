import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBoard, loadBoard, loadPeripheral } from '../../host-sim/packages/boards';

const BOARDS = join(__dirname, '..', '..', 'boards');
type Tree = Record<string, unknown>;
const reference = () =>
  structuredClone(loadBoard('esp32-s3-devkitc', BOARDS).configuration) as unknown as Tree;

/** The reference build with the member at `path` set to `value`, or taken away. */
function altered(path: string, value: unknown): Tree {
  const board = reference();
  const names = path.split('.');
  const last = names.pop() as string;
  let parent = board;
  for (const name of names) {
    parent[name] ??= {};
    parent = parent[name] as Tree;
  }
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return board;
}

const check = (path: string, value: unknown) => () => checkBoard(altered(path, value), 'manifest.json');

describe('a board is refused, with the reason, when', () => {
  it.each([
    ['two things have one pin', 'ring.pin', 7, 'ring.pin is pin 7, which mute.pin has already'],
    ['a pin does not exist', 'ring.pin', 23, 'ring.pin is pin 23, which the ESP32-S3 does not have'],
    ['a pin is out of range', 'ring.pin', 49, 'config.board.ring.pin is 49; a whole number from 0 to 48'],
    ['a pin is no number', 'ring.pin', '21', 'config.board.ring.pin is "21"; a whole number'],
    ['a pin is for USB', 'mic.data', 19, 'mic.data is pin 19, which is for USB'],
    ['a pin is for the flash', 'mic.data', 27, 'mic.data is pin 27, which is for the flash'],
    ['a pin is for octal PSRAM', 'mic.data', 35, 'mic.data is pin 35, which is for the octal PSRAM'],
    [
      'a pin is for the serial port',
      'loudspeaker.data',
      43,
      'loudspeaker.data is pin 43, which is for the serial port',
    ],
    ['a strapping pin has no reason', 'mic.data', 45, 'strapping must say why'],
    ['a reason is for no pin', 'strapping', { 3: 'because' }, 'strapping speaks of pin 3'],
    ['a reason is for no strapping pin', 'strapping', { 21: 'because' }, 'strapping speaks of pin 21'],
    ['a supply has an unknown level', 'mic.power.active', 'on', 'mic.power.active is "on"; high or low'],
    ['a member is missing', 'mute.pull', undefined, 'config.board.mute.pull is missing'],
    ['a role is missing', 'mute', undefined, 'config.board.mute is missing'],
    ['a role is absent for no reason', 'mute', { absent: ' ' }, 'config.board.mute.absent is " "; some text'],
    ['a member is unknown', 'mic.loud', 3, 'config.board.mic.loud is unknown; '],
    ['slots have no width that there is', 'mic.slotBits', 24, 'mic.slotBits is 24; 16 or 32 would be right'],
    ['the top LED is not in the ring', 'ring.first', 12, 'ring.first is 12 of 12 pixels'],
    ['an APA102 has no clock', 'ring.led', 'apa102', 'ring.clock is for apa102 alone'],
    ['a PDM microphone has a word select', 'mic.bus', 'pdm', 'mic.select is for the bus i2s alone'],
    ['a chip hangs on no bus', 'peripherals', [{ name: 'es8311' }], 'peripherals need i2c'],
    ['it is no object', 'mic', 7, 'config.board.mic is 7; an object with'],
  ])('%s', (_, path, value, reason) => {
    expect(check(path, value)).toThrow(reason);
  });
});

describe('a board may', () => {
  it.each([
    ['use the pins of octal PSRAM when its PSRAM is quad', 'module.psram', 'quad'],
    ['hear a recording instead of its microphone', 'mic.clip', 'kitchen.clip'],
    ['have no loudspeaker, and say so', 'loudspeaker', { absent: 'there is no amplifier' }],
  ])('%s', (_, path, value) => {
    const board = altered(path, value);
    if (value === 'quad') (board.mic as Tree).data = 35;
    expect(() => checkBoard(board, 'manifest.json')).not.toThrow();
  });

  it('share the clock lines between microphone and loudspeaker, all of them or none', () => {
    const shared = altered('loudspeaker', { ...(reference().loudspeaker as Tree), clock: 4, select: 5 });
    expect(() => checkBoard(shared, 'manifest.json')).not.toThrow();
    expect(check('loudspeaker.clock', 4)).toThrow('loudspeaker.clock is pin 4, which mic.clock has already');
  });
});

describe('a peripheral is refused, with the reason, when', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-peripherals-'));
    mkdirSync(join(folder, 'peripherals'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const described = (changes: object) => {
    const whole = { what: 'a chip', address: '0x18', steps: [['00 1F', 'reset']], ...changes };
    writeFileSync(
      join(folder, 'peripherals', 'x.json'),
      JSON.stringify({ config: { peripherals: { x: whole } } }),
    );
    return () => loadPeripheral('x', folder);
  };

  it('is taken when all is right', () => {
    expect(described({})().steps).toEqual([['00 1F', 'reset']]);
  });

  it.each([
    ['a step is no bytes', { steps: [['0 1F', 'reset']] }, 'steps[0][0] is "0 1F"; bytes such as "00 1F"'],
    ['a step is a register alone', { steps: [['1F', 'reset']] }, 'steps[0][0] is "1F"'],
    ['a wait is no time', { steps: [['wait 0', 'reset']] }, 'steps[0][0] is "wait 0"'],
    ['a step has no meaning', { steps: [['00 1F']] }, 'steps[0] is ["00 1F"]; a list of 2'],
    ['the address is none', { address: '0x80' }, 'address is "0x80"; an I2C address such as 0x1A'],
  ])('%s', (_, changes, reason) => {
    expect(described(changes)).toThrow(reason);
  });

  it('it does not exist', () => {
    expect(() => loadPeripheral('y', folder)).toThrow("no peripheral 'y'");
  });
});
