import type { BoardConfiguration, Line } from './board-shape';

export interface UsedPin {
  /** Where in `config.board`: `mic.clock`. */
  readonly role: string;
  readonly pin: number;
}

/** Pins of the ESP32-S3 that are taken, with what takes them. Source: its data sheet, sections "Pin Overview",
 * "Strapping Pins" and "Pins Connected to Flash and PSRAM". */
const USB: readonly number[] = [19, 20];
const FLASH: readonly number[] = [26, 27, 28, 29, 30, 31, 32];
const OCTAL_PSRAM: readonly number[] = [33, 34, 35, 36, 37];
/** Also what Moddable's debugger takes in debug and instrumented builds. */
export const SERIAL_PORT: readonly number[] = [43, 44];
const STRAPPING: readonly number[] = [0, 3, 45, 46];
const ABSENT: readonly number[] = [22, 23, 24, 25];
/** Lines that microphone and loudspeaker share where one chip port clocks both. */
const SHARED_LINES = ['clock', 'select', 'masterClock'] as const;

export function pinsOf(board: BoardConfiguration): UsedPin[] {
  const { mic, loudspeaker, mute, button, ring, i2c } = board;
  const pins: UsedPin[] = [];
  const add = (role: string, pin: number | undefined) => {
    if (pin !== undefined) pins.push({ role, pin });
  };
  const addLine = (role: string, line: Line | undefined) => add(`${role}.pin`, line?.pin);
  add('i2c.data', i2c?.data);
  add('i2c.clock', i2c?.clock);
  for (const { name, reset } of board.peripherals ?? []) addLine(`peripherals.${name}.reset`, reset);
  for (const name of [...SHARED_LINES, 'data'] as const) add(`mic.${name}`, mic[name]);
  addLine('mic.power', mic.power);
  if (!('absent' in loudspeaker)) {
    const isShared = SHARED_LINES.every((name) => loudspeaker[name] === mic[name]);
    if (!isShared) for (const name of SHARED_LINES) add(`loudspeaker.${name}`, loudspeaker[name]);
    add('loudspeaker.data', loudspeaker.data);
    addLine('loudspeaker.enable', loudspeaker.enable);
  }
  if (!('absent' in mute)) add('mute.pin', mute.pin);
  add('button.pin', button?.pin);
  add('ring.pin', ring.pin);
  add('ring.clock', ring.clock);
  addLine('ring.power', ring.power);
  return pins;
}

/** What is wrong with the pins of a board, a sentence each. */
export function pinProblems(board: BoardConfiguration): string[] {
  const pins = pinsOf(board);
  const reasons = board.strapping ?? {};
  return [
    ...pins.flatMap(({ role, pin }, index) => {
      const earlier = pins.slice(0, index).find((other) => other.pin === pin);
      return earlier ? [`${role} is pin ${pin}, which ${earlier.role} has already`] : [];
    }),
    ...pins.flatMap(({ role, pin }) => {
      const taker = takerOf(pin, board);
      return taker ? [`${role} is pin ${pin}, which ${taker}`] : [];
    }),
    ...pins
      .filter(({ pin }) => STRAPPING.includes(pin) && reasons[pin] === undefined)
      .map(
        ({ role, pin }) =>
          `${role} is pin ${pin}, which the chip reads when it starts; strapping must say why that is well`,
      ),
    ...Object.keys(reasons)
      .filter((pin) => !pins.some((used) => String(used.pin) === pin && STRAPPING.includes(used.pin)))
      .map((pin) => `strapping speaks of pin ${pin}, which is no strapping pin in use`),
  ];
}

function takerOf(pin: number, { module }: BoardConfiguration): string | undefined {
  if (ABSENT.includes(pin)) return 'the ESP32-S3 does not have';
  if (USB.includes(pin)) return 'is for USB';
  if (FLASH.includes(pin)) return 'is for the flash';
  if (module.psram === 'octal' && OCTAL_PSRAM.includes(pin)) return 'is for the octal PSRAM';
  if (module.console === 'uart' && SERIAL_PORT.includes(pin)) return 'is for the serial port';
  return undefined;
}
