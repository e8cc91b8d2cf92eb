/** What a board's manifest says in `config.board`, and a peripheral's file. */
import { having, type Infer, integer, list, matching, object, oneOf, record, text, tuple } from './schema';

const pin = integer(0, 48);
const level = oneOf('high', 'low');

/** Why there is none. */
const absent = object({ absent: text });

/** An output of the chip that switches something: a supply, an amplifier, a reset. */
const line = object({ pin, active: level });

/** Sound over I2S. */
const soundBus = {
  clock: pin,
  masterClock: pin.optional(),
  data: pin,
  /** Who gives the clock: the chip (primary) or the other side. */
  role: oneOf('primary', 'secondary'),
  slotBits: oneOf(16, 32),
};

const microphone = object({
  ...soundBus,
  bus: oneOf('i2s', 'pdm'),
  /** Of the bus i2s alone. */
  select: pin.optional(),
  /** Both: two microphones, averaged. */
  channel: oneOf('left', 'right', 'both'),
  /** What powers or clocks the microphone; off while muted. */
  power: line.optional(),
  /** Doublings of the loudness. */
  gainBits: integer(0, 8).optional(),
  /** A recording among the firmware's resources that is heard instead. */
  clip: text.optional(),
  /** How fast it is heard: `step`, as fast as the ear can, unless said. */
  pace: oneOf('step', 'realTime').optional(),
});

const loudspeaker = object({
  ...soundBus,
  select: pin,
  sampleRate: oneOf(16_000, 48_000),
  channel: oneOf('left', 'right'),
  enable: line.optional(),
});

/** `active` is the level that says muted, or pressed. */
const contact = object({ pin, active: level, pull: oneOf('up', 'down', 'none') });

const ring = object({
  pin,
  /** For LEDs with a clock line of their own: APA102. */
  clock: pin.optional(),
  led: oneOf('ws2812', 'sk6812-rgbw', 'apa102'),
  pixels: integer(1, 1024),
  order: oneOf('RGB', 'RBG', 'GRB', 'GBR', 'BRG', 'BGR'),
  /** The number in the chain of the pixel at the top. */
  first: integer(0, 1023),
  brightnessLimitPercent: integer(1, 100),
  currentLimitMilliamps: integer(1, 16_000),
  power: line.optional(),
});

const espModule = object({
  name: text,
  flashMiB: oneOf(8, 16, 32),
  psramMiB: oneOf(2, 8, 16, 32),
  psram: oneOf('octal', 'quad'),
  /** Where event lines and messages go: the serial pins 43 and 44, or the chip's own USB. */
  console: oneOf('uart', 'usb'),
});

/** A peripheral on the I2C bus, which boards/peripherals/<name>.json says how to start. */
const peripheral = object({
  name: text,
  /** Held in reset for a moment, then given `bootMs` before it is spoken to. */
  reset: object({ pin, active: level, bootMs: integer(0, 10_000) }).optional(),
});

export const boardShape = object({
  name: text,
  module: espModule,
  i2c: object({ data: pin, clock: pin, hz: integer(10_000, 1_000_000) }).optional(),
  peripherals: list(peripheral).optional(),
  mic: microphone,
  loudspeaker: having('absent', absent, loudspeaker),
  mute: having('absent', absent, contact),
  /** A key: pressed it wakes or ends, held for ten seconds it deletes the record. */
  button: contact.optional(),
  ring,
  /** Pin to reason, for every pin used that the chip also looks at when it starts. */
  strapping: record(/^\d+$/, text).optional(),
});

/** The steps with which a peripheral is started: bytes in hexadecimal, or `wait` and milliseconds; then what they mean. */
export const peripheralShape = object({
  what: text,
  address: matching(/^0x[0-7][0-9A-F]$/, 'an I2C address such as 0x1A'),
  steps: list(
    tuple(
      matching(/^(wait [1-9]\d*|[0-9A-F]{2}( [0-9A-F]{2})+)$/, 'bytes such as "00 1F", or "wait 20",'),
      text,
    ),
  ),
});

export type BoardConfiguration = Infer<typeof boardShape>;
export type Line = Infer<typeof line>;
export type PeripheralDescription = Infer<typeof peripheralShape>;
