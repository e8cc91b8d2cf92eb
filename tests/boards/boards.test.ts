import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BOARDS = join(__dirname, '..', '..', 'boards');
const STRAPPING = [0, 3, 45, 46];
const USB = [19, 20];
const FLASH = [26, 27, 28, 29, 30, 31, 32];
const OCTAL_PSRAM = [33, 34, 35, 36, 37];
const SERIAL_PORT = [43, 44];

/** The members of the roles in `config.board` that name a pin of the chip. */
const PIN_MEMBERS = ['pin', 'power', 'clock', 'select', 'data', 'i2cData', 'i2cClock', 'reset'];

type Role = Readonly<Record<string, unknown>>;
type Board = Readonly<Record<string, Role>>;

function loadBoard(name: string): Board {
  const manifest = JSON.parse(readFileSync(join(BOARDS, name, 'manifest.json'), 'utf8'));
  return manifest.config.board;
}

function pinsOf(board: Board): { role: string; pin: number }[] {
  return Object.entries(board).flatMap(([name, role]) =>
    PIN_MEMBERS.filter((member) => Object.hasOwn(role, member)).map((member) => ({
      role: `${name}.${member}`,
      pin: role[member] as number,
    })),
  );
}

const names = readdirSync(BOARDS);

test('there is the reference build', () => {
  expect(names).toContain('esp32-s3-devkitc');
});

describe.each(names)('the board %s', (name) => {
  const board = loadBoard(name);
  const pins = pinsOf(board);

  it('uses each pin once', () => {
    const twice = pins.filter(({ pin }, index) => pins.findIndex((other) => other.pin === pin) !== index);
    expect(twice).toEqual([]);
  });

  it('uses only pins that the ESP32-S3 has', () => {
    const absent = pins.filter(
      ({ pin }) => !Number.isInteger(pin) || pin < 0 || pin > 48 || (pin > 21 && pin < 26),
    );
    expect(absent).toEqual([]);
  });

  it('leaves USB, flash, PSRAM and the serial port alone', () => {
    const reserved = [
      ...USB,
      ...FLASH,
      ...SERIAL_PORT,
      ...(board.chip?.psram === 'octal' ? OCTAL_PSRAM : []),
    ];
    expect(pins.filter(({ pin }) => reserved.includes(pin))).toEqual([]);
  });

  it('says why for every strapping pin that it uses', () => {
    const used = pins.filter(({ pin }) => STRAPPING.includes(pin)).map(({ pin }) => String(pin));
    expect(Object.keys(board.strapping ?? {}).sort()).toEqual(used.sort());
  });

  it('has a ring that the simulator and the firmware can light', () => {
    const ring = board.ring;
    expect(ring?.pin).toEqual(expect.any(Number));
    expect(ring?.pixels).toBeGreaterThanOrEqual(1);
    expect(ring?.first).toBeLessThan(ring?.pixels as number);
    expect(ring?.order).toMatch(/^(RGB|RBG|GRB|GBR|BRG|BGR)$/);
    expect(ring?.brightnessLimitPercent).toBeGreaterThan(0);
    expect(ring?.brightnessLimitPercent).toBeLessThanOrEqual(100);
  });

  it('has a mute line, or says that there is none', () => {
    const mute = board.mute;
    if (mute?.absent === undefined) {
      expect(mute?.pin).toEqual(expect.any(Number));
      expect(['low', 'high']).toContain(mute?.active);
      expect(['up', 'down', 'none']).toContain(mute?.pull);
    } else {
      expect(mute.absent).toEqual(expect.stringMatching(/\w+ \w+/));
    }
  });

  it('has a microphone whose samples the firmware can read', () => {
    const mic = board.mic;
    for (const line of ['clock', 'select', 'data']) expect(mic?.[line]).toEqual(expect.any(Number));
    expect([16, 32]).toContain(mic?.slotBits);
    expect(['left', 'right']).toContain(mic?.channel);
    expect(['primary', 'secondary']).toContain(mic?.role);
  });

  it('has a page that says what mute does and names every pin', () => {
    const path = join(BOARDS, name, 'README.md');
    expect(existsSync(path)).toBe(true);
    const page = readFileSync(path, 'utf8');
    expect(page).toContain('## What mute does here');
    expect(pins.filter(({ pin }) => !new RegExp(`\\b${pin}\\b`).test(page))).toEqual([]);
  });
});
