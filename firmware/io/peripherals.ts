/** Starts the peripherals on a board's I2C bus (codecs, converters, amplifiers, supplies) with the steps that
 * boards/peripherals/<name>.json writes down. */

/** A connection to one of them: an `embedded:io/i2c` of ECMA-419. `write` throws when it does not answer. */
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

/** What the peripherals are reached through; main.ts hands in the SDK's. */
export interface PeripheralDevices {
  readonly openI2C: (options: I2COptions) => I2CConnection;
  readonly openOutput: (pin: number, value: 0 | 1) => OutputLine;
  /** Calls `then` after so many milliseconds, and does not wait for it. */
  readonly wait: (ms: number, then: () => void) => void;
}

export interface PeripheralOptions {
  readonly name: string;
  readonly reset?: { readonly pin: number; readonly active: 'high' | 'low'; readonly bootMs: number };
}

export interface PeripheralDescription {
  readonly address: string;
  readonly steps: readonly (readonly string[])[];
}

/** The members of `config.board` that say which peripherals there are. */
export interface PeripheralBoard {
  readonly i2c?: { readonly data: number; readonly clock: number; readonly hz: number };
  readonly peripherals?: readonly PeripheralOptions[];
}

const RESET_MS = 1;

/** One peripheral. `start` may be called once; `close` as often as one likes, and ends a start under way. */
export class Peripheral {
  readonly #devices: PeripheralDevices;
  readonly #options: PeripheralOptions;
  readonly #steps: readonly Step[];
  #connection: I2CConnection | undefined;
  #reset: OutputLine | undefined;
  #isStarted = false;
  #isClosed = false;

  /** Throws RangeError when a step or the address is not of the form that it should be, and what opening throws. */
  constructor(
    bus: NonNullable<PeripheralBoard['i2c']>,
    options: PeripheralOptions,
    description: PeripheralDescription,
    devices: PeripheralDevices,
  ) {
    this.#options = options;
    this.#devices = devices;
    this.#steps = description.steps.map(([text]) => parseStep(text, options.name));
    const address = Number(description.address);
    if (!(address >= 0x08 && address <= 0x77))
      throw new RangeError(`${options.name}: address ${description.address}; 0x08 to 0x77 would be right`);
    this.#connection = devices.openI2C({ ...bus, address });
  }

  /** Calls `done` when all steps are made, or with what went wrong: then it is as it happens to be. */
  start(done: (problem?: string) => void): void {
    if (this.#isClosed) throw new Error(`${this.#options.name} is closed`);
    if (this.#isStarted) throw new Error(`${this.#options.name} is started already`);
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
        return done(`${this.#options.name}: step ${index + 1}, ${step.text}: ${(error as Error).message}`);
      }
    }
    if (this.#connection) done();
  }
}

/** Starts the board's peripherals one after the other, in the board's order, and calls `done` with those that run. One that
 * does not answer is closed and told in `problems`; the others are started all the same. */
export function startPeripherals(
  board: PeripheralBoard,
  descriptions: Readonly<Record<string, PeripheralDescription>>,
  devices: PeripheralDevices,
  done: (peripherals: readonly Peripheral[], problems: readonly string[]) => void,
): void {
  const peripherals: Peripheral[] = [];
  const problems: string[] = [];
  const bus = board.i2c;
  const startFrom = (index: number): void => {
    const options = board.peripherals?.[index];
    if (!options) return done(peripherals, problems);
    const description = descriptions[options.name];
    if (!bus || !description)
      throw new TypeError(`${options.name}: no ${bus ? 'such peripheral' : 'i2c bus'}`);
    const peripheral = new Peripheral(bus, options, description, devices);
    peripheral.start((problem) => {
      if (problem === undefined) peripherals.push(peripheral);
      else {
        peripheral.close();
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

function parseStep(text: string | undefined, name: string): Step {
  const words = (text ?? '').split(' ');
  const isWait = words[0] === 'wait' && words.length === 2;
  const numbers = isWait ? [Number(words[1])] : words.map((word) => Number(`0x${word}`));
  const isRight = isWait
    ? (numbers[0] as number) > 0
    : numbers.length > 1 && numbers.every((byte) => byte <= 0xff);
  if (!isRight)
    throw new RangeError(`${name}: step '${text}'; bytes such as 00 1F, or wait 20 would be right`);
  return {
    text: text as string,
    bytes: isWait ? new Uint8Array(0) : new Uint8Array(numbers),
    waitMs: isWait ? (numbers[0] as number) : 0,
  };
}
