import { join } from 'node:path';
import {
  Codec,
  type CodecDevices,
  type CodecOptions,
  type I2COptions,
  startCodecs,
} from '../../firmware/io/codec';
import { boardNames, loadBoard, loadPart } from '../../host-sim/packages/boards';

const BOARDS = join(__dirname, '..', '..', 'boards');
const BUS = { data: 5, clock: 6, hz: 400_000 };
const PART = {
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

  readonly devices: CodecDevices = {
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

function started(options: Partial<CodecOptions> = {}, bench = new Bench()) {
  const outcomes: (string | undefined)[] = [];
  const codec = new Codec(BUS, { part: 'es8311', ...options }, PART, bench.devices);
  codec.start((problem) => outcomes.push(problem));
  return { codec, bench, outcomes };
}

describe('a codec', () => {
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
    const { codec, bench, outcomes } = started({ reset: { pin: 4, active: 'high', bootMs: 10 } });
    codec.close();
    bench.run();
    expect(bench.happenings).toEqual(['0 pin 4 1', '0 close i2c', '0 close pin 4']);
    expect(outcomes).toEqual([]);
  });

  it('may be closed twice', () => {
    const { codec, bench } = started();
    codec.close();
    codec.close();
    expect(bench.happenings.filter((what) => what.endsWith('close i2c'))).toHaveLength(1);
  });

  it('is started once, and not after it is closed', () => {
    const { codec } = started();
    expect(() => codec.start(() => {})).toThrow('es8311 is started already');
    codec.close();
    expect(() => codec.start(() => {})).toThrow('es8311 is closed');
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
    const make = () => new Codec(BUS, { part: 'es8311' }, { address, steps }, new Bench().devices);
    expect(make).toThrow(RangeError);
    expect(make).toThrow(reason);
  });
});

describe('the chips of a board', () => {
  const parts = { one: { ...PART, address: '0x10' }, two: { ...PART, address: '0x20' } };
  const board = { i2c: BUS, codecs: [{ part: 'one' }, { part: 'two' }] };

  it('are started one after the other, and one that does not answer does not hinder the next', () => {
    const bench = new Bench((address) => address !== 0x10);
    const done = jest.fn();
    startCodecs(board, parts, bench.devices, done);
    bench.run();
    expect(done).toHaveBeenCalledTimes(1);
    const [codecs, problems] = done.mock.calls[0];
    expect(codecs).toHaveLength(1);
    expect(problems).toEqual(['one: step 1, 00 1F: no answer']);
    expect(bench.happenings).toEqual(['0 close i2c', '0 write 00 1f', '20 write 00 55 aa']);
  });

  it('may be none', () => {
    const done = jest.fn();
    startCodecs({}, {}, new Bench().devices, done);
    expect(done).toHaveBeenCalledWith([], []);
  });

  it.each([
    [{ codecs: [{ part: 'one' }] }, 'one: no i2c bus'],
    [{ i2c: BUS, codecs: [{ part: 'three' }] }, 'three: no such part'],
  ])('that the board does not know well are refused', (wrong, reason) => {
    expect(() => startCodecs(wrong, parts, new Bench().devices, () => {})).toThrow(reason);
  });

  it.each(boardNames(BOARDS))('of %s are all started', (name) => {
    const { configuration } = loadBoard(name, BOARDS);
    const codecs = configuration.codecs ?? [];
    const theirs = Object.fromEntries(codecs.map(({ part }) => [part, loadPart(part, BOARDS)]));
    const bench = new Bench();
    const done = jest.fn();
    startCodecs(configuration, theirs, bench.devices, done);
    bench.run();
    expect(done.mock.calls).toEqual([[expect.any(Array), []]]);
    expect(bench.opened.map(({ address }) => address)).toEqual(
      codecs.map(({ part }) => Number(theirs[part]?.address)),
    );
    const writes = bench.happenings.filter((what) => what.includes('write')).length;
    const steps = Object.values(theirs).flatMap((part) => part.steps.map(([step]) => step));
    expect(writes).toBe(steps.filter((step) => !step.startsWith('wait')).length);
  });
});
