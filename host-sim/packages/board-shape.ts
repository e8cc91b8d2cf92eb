import { having, integer, list, matching, object, oneOf, record, type Shape, text, tuple } from './shape';

export type Level = 'high' | 'low';

/** An output of the chip that switches something: a supply, an amplifier, a reset. */
export interface Line {
  readonly pin: number;
  readonly active: Level;
}

/** Sound over I2S. A PDM microphone has no `select`. */
export interface SoundBus {
  readonly clock: number;
  readonly select?: number;
  readonly masterClock?: number;
  readonly data: number;
  /** Who gives the clock: the chip (primary) or the other side. */
  readonly role: 'primary' | 'secondary';
  readonly slotBits: 16 | 32;
}

export interface Microphone extends SoundBus {
  readonly bus: 'i2s' | 'pdm';
  /** Both: two microphones, averaged. */
  readonly channel: 'left' | 'right' | 'both';
  /** What powers or clocks the microphone; off while muted. */
  readonly power?: Line;
  /** Doublings of the loudness. */
  readonly gainBits?: number;
  /** A recording among the firmware's resources that is heard instead. */
  readonly clip?: string;
  /** How fast it is heard: `step`, as fast as the ear can, unless said. */
  readonly pace?: 'step' | 'realTime';
}

export interface Loudspeaker extends SoundBus {
  readonly sampleRate: 16000 | 48000;
  readonly channel: 'left' | 'right';
  readonly enable?: Line;
}

export interface Absent {
  /** Why. */
  readonly absent: string;
}

export interface MuteSwitch {
  readonly pin: number;
  /** The level that says muted. */
  readonly active: Level;
  readonly pull: 'up' | 'down' | 'none';
}

export interface Ring {
  readonly pin: number;
  /** For chips with a clock of their own line: APA102. */
  readonly clock?: number;
  readonly chip: 'ws2812' | 'sk6812-rgbw' | 'apa102';
  readonly pixels: number;
  readonly order: string;
  /** The number in the chain of the pixel at the top. */
  readonly first: number;
  readonly brightnessLimitPercent: number;
  readonly currentLimitMilliamps: number;
  readonly power?: Line;
}

/** A chip on the I2C bus, which boards/codecs/<part>.json says how to start. */
export interface Codec {
  readonly part: string;
  /** Held in reset for a moment, then given `bootMs` before it is spoken to. */
  readonly reset?: Line & { readonly bootMs: number };
}

/** `config.board` of a board's manifest. */
export interface BoardConfiguration {
  readonly name: string;
  readonly chip: {
    readonly module: string;
    readonly flashMiB: number;
    readonly psramMiB: number;
    readonly psram: 'octal' | 'quad';
    /** Where event lines and messages go: the serial pins 43 and 44, or the chip's own USB. */
    readonly console: 'uart' | 'usb';
  };
  readonly i2c?: { readonly data: number; readonly clock: number; readonly hz: number };
  readonly codecs?: readonly Codec[];
  readonly mic: Microphone;
  readonly speaker: Loudspeaker | Absent;
  readonly mute: MuteSwitch | Absent;
  readonly ring: Ring;
  /** Pin to reason, for every pin used that the chip also looks at when it starts. */
  readonly strapping?: Readonly<Record<string, string>>;
}

/** The steps with which a part is started: bytes in hexadecimal, or `wait` and milliseconds; then what they mean. */
export interface Part {
  readonly chip: string;
  readonly address: string;
  readonly steps: readonly (readonly [step: string, meaning: string])[];
}

const pin = integer(0, 48);
const level = oneOf('high', 'low');
const absent = object({ absent: text });
const line = object({ pin, active: level });
const soundBus = {
  clock: pin,
  'masterClock?': pin,
  data: pin,
  role: oneOf('primary', 'secondary'),
  slotBits: oneOf(16, 32),
};
const microphone = {
  ...soundBus,
  bus: oneOf('i2s', 'pdm'),
  channel: oneOf('left', 'right', 'both'),
  'power?': line,
  'gainBits?': integer(0, 8),
  'clip?': text,
  'pace?': oneOf('step', 'realTime'),
};

export const boardShape: Shape = object({
  name: text,
  chip: object({
    module: text,
    flashMiB: oneOf(8, 16, 32),
    psramMiB: oneOf(2, 8, 16, 32),
    psram: oneOf('octal', 'quad'),
    console: oneOf('uart', 'usb'),
  }),
  'i2c?': object({ data: pin, clock: pin, hz: integer(10_000, 1_000_000) }),
  'codecs?': list(
    object({
      part: text,
      'reset?': object({ pin, active: level, bootMs: integer(0, 10_000) }),
    }),
  ),
  mic: having('select', object({ ...microphone, select: pin }), object(microphone)),
  speaker: having(
    'absent',
    absent,
    object({
      ...soundBus,
      select: pin,
      sampleRate: oneOf(16_000, 48_000),
      channel: oneOf('left', 'right'),
      'enable?': line,
    }),
  ),
  mute: having('absent', absent, object({ pin, active: level, pull: oneOf('up', 'down', 'none') })),
  ring: object({
    pin,
    'clock?': pin,
    chip: oneOf('ws2812', 'sk6812-rgbw', 'apa102'),
    pixels: integer(1, 1024),
    order: oneOf('RGB', 'RBG', 'GRB', 'GBR', 'BRG', 'BGR'),
    first: integer(0, 1023),
    brightnessLimitPercent: integer(1, 100),
    currentLimitMilliamps: integer(1, 16_000),
    'power?': line,
  }),
  'strapping?': record(/^\d+$/, text),
});

export const partShape: Shape = object({
  chip: text,
  address: matching(/^0x[0-7][0-9A-F]$/, 'an I2C address such as 0x1A'),
  steps: list(
    tuple(
      matching(/^(wait [1-9]\d*|[0-9A-F]{2}( [0-9A-F]{2})+)$/, 'bytes such as "00 1F", or "wait 20",'),
      text,
    ),
  ),
});
