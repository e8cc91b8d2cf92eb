import { join } from 'node:path';
import {
  type I2COptions,
  Peripheral,
  type PeripheralDevices,
  type PeripheralOptions,
  startPeripherals,
} from '../../firmware/io/peripherals';
import { boardNames, loadBoard, loadPeripheral } from '../../host-sim/packages/boards';

const BOARDS = join(__dirname, '..', '..', 'boards');
const BUS = { data: 5, clock: 6, hz: 400_000 };
const ES8311 = {
  address: '0x18',
  steps: [
    ['00 1F', 'reset'],
    ['wait 20', 'the reset takes hold'],
    ['00 55 AA', 'a register of 16 bits'],
  ],
};

/** Devices that write down what happens to them, with the time; waiting takes no time at all, once `run` is called. */
class Bench {
  readonly happenings: string[] = [];
  readonly opened: I2COptions[] = [];
  #nowMs = 0;
  #waiting: { atMs: number; then: () => void }[] = [];

  constructor(readonly answers: (address: number, write: number) => boolean = () => true) {}

  readonly devices: PeripheralDevices = {
    openI2C: (options) => {
      let writes = 0;
      this.opened.push(options);
      return {
        write: (bytes) => {
          if (!this.answers(options.address, ++writes)) throw new Error('no answer');
          this.#say(`write ${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`);
        },
        close: () => this.#say('close i2c'),
      };
    },
    openOutput: (pin, value) => {
      this.#say(`pin ${pin} ${value}`);
      return {
        write: (next) => this.#say(`pin ${pin} ${next}`),
        close: () => this.#say(`close pin ${pin}`),
      };
    },
    wait: (ms, then) => this.#waiting.push({ atMs: this.#nowMs + ms, then }),
  };

  run(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#nowMs = next.atMs;
      next.then();
    }
  }

  #say(what: string): void {
    this.happenings.push(`${this.#nowMs} ${what}`);
  }
}

function started(options: Partial<PeripheralOptions> = {}, bench = new Bench()) {
  const outcomes: (string | undefined)[] = [];
  const peripheral = new Peripheral(BUS, { name: 'es8311', ...options }, ES8311, bench.devices);
  peripheral.start((problem) => outcomes.push(problem));
  return { peripheral, bench, outcomes };
}

describe('a peripheral', () => {
  it('is written its steps in order, and waits where they say so', () => {
    const { bench, outcomes } = started();
    expect(bench.opened).toEqual([{ ...BUS, address: 0x18 }]);
    expect(bench.happenings).toEqual(['0 write 00 1f']);
    expect(outcomes).toEqual([]);
    bench.run();
    expect(bench.happenings).toEqual(['0 write 00 1f', '20 write 00 55 aa']);
    expect(outcomes).toEqual([undefined]);
  });

  it.each([
    ['high', 1],
    ['low', 0],
  ] as const)('that is reset by a %s line is reset first, and left alone while it boots', (active, level) => {
    const { bench } = started({ reset: { pin: 4, active, bootMs: 3000 } });
    bench.run();
    expect(bench.happenings).toEqual([
      `0 pin 4 ${level}`,
      `1 pin 4 ${1 - level}`,
      '3001 write 00 1f',
      '3021 write 00 55 aa',
    ]);
  });

  it('that does not answer is told with the step', () => {
    const { bench, outcomes } = started({}, new Bench((_, write) => write < 2));
    bench.run();
    expect(outcomes).toEqual(['es8311: step 3, 00 55 AA: no answer']);
  });

  it('closed while it waits is written nothing more, and tells nothing', () => {
    const { peripheral, bench, outcomes } = started({ reset: { pin: 4, active: 'high', bootMs: 10 } });
    peripheral.close();
    bench.run();
    expect(bench.happenings).toEqual(['0 pin 4 1', '0 close i2c', '0 close pin 4']);
    expect(outcomes).toEqual([]);
  });

  it('may be closed twice', () => {
    const { peripheral, bench } = started();
    peripheral.close();
    peripheral.close();
    expect(bench.happenings.filter((what) => what.endsWith('close i2c'))).toHaveLength(1);
  });

  it('is started once, and not after it is closed', () => {
    const { peripheral } = started();
    expect(() => peripheral.start(() => {})).toThrow('es8311 is started already');
    peripheral.close();
    expect(() => peripheral.start(() => {})).toThrow('es8311 is closed');
  });

  it.each([
    ['0x80', [['00 1F', '']], 'address 0x80; 0x08 to 0x77'],
    ['eighteen', [['00 1F', '']], 'address eighteen'],
    ['0x18', [['1F', '']], "step '1F'; bytes such as 00 1F"],
    ['0x18', [['00 1FF', '']], "step '00 1FF'"],
    ['0x18', [['wait', '']], "step 'wait'"],
    ['0x18', [['wait 0', '']], "step 'wait 0'"],
    ['0x18', [[]], "step 'undefined'"],
  ])('at %s with the steps %j is refused', (address, steps, reason) => {
    const make = () => new Peripheral(BUS, { name: 'es8311' }, { address, steps }, new Bench().devices);
    expect(make).toThrow(RangeError);
    expect(make).toThrow(reason);
  });
});

describe('the peripherals of a board', () => {
  const descriptions = { one: { ...ES8311, address: '0x10' }, two: { ...ES8311, address: '0x20' } };
  const board = { i2c: BUS, peripherals: [{ name: 'one' }, { name: 'two' }] };

  it('are started one after the other, and one that does not answer does not hinder the next', () => {
    const bench = new Bench((address) => address !== 0x10);
    const done = jest.fn();
    startPeripherals(board, descriptions, bench.devices, done);
    bench.run();
    expect(done).toHaveBeenCalledTimes(1);
    const [peripherals, problems] = done.mock.calls[0];
    expect(peripherals).toHaveLength(1);
    expect(problems).toEqual(['one: step 1, 00 1F: no answer']);
    expect(bench.happenings).toEqual(['0 close i2c', '0 write 00 1f', '20 write 00 55 aa']);
  });

  it('may be none', () => {
    const done = jest.fn();
    startPeripherals({}, {}, new Bench().devices, done);
    expect(done).toHaveBeenCalledWith([], []);
  });

  it.each([
    [{ peripherals: [{ name: 'one' }] }, 'one: no i2c bus'],
    [{ i2c: BUS, peripherals: [{ name: 'three' }] }, 'three: no such peripheral'],
  ])('that the board does not know well are refused', (wrong, reason) => {
    expect(() => startPeripherals(wrong, descriptions, new Bench().devices, () => {})).toThrow(reason);
  });

  it.each(boardNames(BOARDS))('of %s are all started', (name) => {
    const { configuration } = loadBoard(name, BOARDS);
    const peripherals = configuration.peripherals ?? [];
    const theirs = Object.fromEntries(peripherals.map(({ name }) => [name, loadPeripheral(name, BOARDS)]));
    const bench = new Bench();
    const done = jest.fn();
    startPeripherals(configuration, theirs, bench.devices, done);
    bench.run();
    expect(done.mock.calls).toEqual([[expect.any(Array), []]]);
    expect(bench.opened.map(({ address }) => address)).toEqual(
      peripherals.map(({ name }) => Number(theirs[name]?.address)),
    );
    const writes = bench.happenings.filter((what) => what.includes('write')).length;
    const steps = Object.values(theirs).flatMap(({ steps }) => steps.map(([step]) => step));
    expect(writes).toBe(steps.filter((step) => !step.startsWith('wait')).length);
  });
});
