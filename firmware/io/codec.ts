/** Starts the chips on a board's I2C bus (codecs, converters, amplifiers, supplies) with the steps that
 * boards/codecs/<part>.json writes down. */

/** A connection to one chip: an `embedded:io/i2c` of ECMA-419. `write` throws when the chip does not answer. */
export interface I2CConnection {
  write(bytes: Uint8Array): void;
  close(): void;
}

export interface I2COptions {
  readonly data: number;
  readonly clock: number;
  readonly hz: number;
  readonly address: number;
}

/** An output: an `embedded:io/digital` of ECMA-419. */
export interface OutputLine {
  write(value: 0 | 1): void;
  close(): void;
}

/** What the board's chips are reached through; main.ts hands in the SDK's. */
export interface CodecDevices {
  readonly openI2C: (options: I2COptions) => I2CConnection;
  readonly openOutput: (pin: number, value: 0 | 1) => OutputLine;
  /** Calls `then` after so many milliseconds, and does not wait for it. */
  readonly wait: (ms: number, then: () => void) => void;
}

export interface CodecOptions {
  readonly part: string;
  readonly reset?: { readonly pin: number; readonly active: 'high' | 'low'; readonly bootMs: number };
}

export interface CodecPart {
  readonly address: string;
  readonly steps: readonly (readonly string[])[];
}

/** The members of `config.board` that say which chips there are. */
export interface CodecBoard {
  readonly i2c?: { readonly data: number; readonly clock: number; readonly hz: number };
  readonly codecs?: readonly CodecOptions[];
}

const RESET_MS = 1;

/** One chip. `start` may be called once; `close` as often as one likes, and ends a start under way. */
export class Codec {
  readonly #devices: CodecDevices;
  readonly #options: CodecOptions;
  readonly #steps: readonly Step[];
  #connection: I2CConnection | undefined;
  #reset: OutputLine | undefined;
  #isStarted = false;
  #isClosed = false;

  /** Throws RangeError when a step or the address is not of the form that it should be, and what opening throws. */
  constructor(
    bus: NonNullable<CodecBoard['i2c']>,
    options: CodecOptions,
    part: CodecPart,
    devices: CodecDevices,
  ) {
    this.#options = options;
    this.#devices = devices;
    this.#steps = part.steps.map(([text]) => parseStep(text, options.part));
    const address = Number(part.address);
    if (!(address >= 0x08 && address <= 0x77))
      throw new RangeError(`${options.part}: address ${part.address}; 0x08 to 0x77 would be right`);
    this.#connection = devices.openI2C({ ...bus, address });
  }

  /** Calls `done` when all steps are made, or with what went wrong: then the chip is as it happens to be. */
  start(done: (problem?: string) => void): void {
    if (this.#isClosed) throw new Error(`${this.#options.part} is closed`);
    if (this.#isStarted) throw new Error(`${this.#options.part} is started already`);
    this.#isStarted = true;
    const { reset } = this.#options;
    if (!reset) return this.#run(0, done);
    const level = (isActive: boolean) => ((reset.active === 'high') === isActive ? 1 : 0);
    // the line stays open: a pin let go would leave the reset to chance
    this.#reset = this.#devices.openOutput(reset.pin, level(true));
    this.#devices.wait(RESET_MS, () => {
      this.#reset?.write(level(false));
      this.#devices.wait(reset.bootMs, () => this.#run(0, done));
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#connection?.close();
    this.#reset?.close();
    this.#connection = undefined;
    this.#reset = undefined;
  }

  #run(first: number, done: (problem?: string) => void): void {
    for (let index = first; index < this.#steps.length; index++) {
      const connection = this.#connection;
      if (!connection) return;
      const step = this.#steps[index] as Step;
      if (step.waitMs > 0) return this.#devices.wait(step.waitMs, () => this.#run(index + 1, done));
      try {
        connection.write(step.bytes);
      } catch (error) {
        return done(`${this.#options.part}: step ${index + 1}, ${step.text}: ${(error as Error).message}`);
      }
    }
    if (this.#connection) done();
  }
}

/** Starts the board's chips one after the other, in the board's order, and calls `done` with those that run. A chip that
 * does not answer is closed and told in `problems`; the others are started all the same. */
export function startCodecs(
  board: CodecBoard,
  parts: Readonly<Record<string, CodecPart>>,
  devices: CodecDevices,
  done: (codecs: readonly Codec[], problems: readonly string[]) => void,
): void {
  const codecs: Codec[] = [];
  const problems: string[] = [];
  const bus = board.i2c;
  const startFrom = (index: number): void => {
    const options = board.codecs?.[index];
    if (!options) return done(codecs, problems);
    const part = parts[options.part];
    if (!bus || !part) throw new TypeError(`${options.part}: no ${bus ? 'such part' : 'i2c bus'}`);
    const codec = new Codec(bus, options, part, devices);
    codec.start((problem) => {
      if (problem === undefined) codecs.push(codec);
      else {
        codec.close();
        problems.push(problem);
      }
      startFrom(index + 1);
    });
  };
  startFrom(0);
}

interface Step {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** 0 for a step that writes. */
  readonly waitMs: number;
}

function parseStep(text: string | undefined, part: string): Step {
  const words = (text ?? '').split(' ');
  const isWait = words[0] === 'wait' && words.length === 2;
  const numbers = isWait ? [Number(words[1])] : words.map((word) => Number(`0x${word}`));
  const isRight = isWait
    ? (numbers[0] as number) > 0
    : numbers.length > 1 && numbers.every((byte) => byte <= 0xff);
  if (!isRight)
    throw new RangeError(`${part}: step '${text}'; bytes such as 00 1F, or wait 20 would be right`);
  return {
    text: text as string,
    bytes: isWait ? new Uint8Array(0) : new Uint8Array(numbers),
    waitMs: isWait ? (numbers[0] as number) : 0,
  };
}
