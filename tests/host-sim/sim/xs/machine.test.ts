import { statSync } from 'node:fs';
import { buildXsHost } from '../../../../host-sim/sim/xs/build';
import { bundleSource } from '../../../../host-sim/sim/xs/bundle';
import { ESP32_S3_MACHINE, machineSizeOf } from '../../../../host-sim/sim/xs/machine-size';
import { runBundle } from '../../../../host-sim/sim/xs/run-bundle';
import { clipFile } from '../../../../host-sim/tools/board/clip';
import { underNode, underXs, withEar } from './outcome';

const failureOf = (bundle: string) =>
  underXs(bundle).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a machine of the chip’s size under the real XS', () => {
  it('says the same as Node about what ES2022 has', async () => {
    const bundle = bundleSource(
      `class Counter {
         static made = 0;
         static { Counter.made = 1; }
         #count = 2;
         has(other: object) { return #count in other; }
         get count() { return this.#count; }
       }
       const counter = new Counter();
       const print = (value: unknown) => host.print(JSON.stringify(value));
       print([Counter.made, counter.count, counter.has(counter), counter.has({})]);
       print([[1, 2, 3].at(-1), Object.hasOwn({ a: 1 }, 'a'), [3, 1, 2].sort(), new Error('e', { cause: 1 }).cause]);
       print([...new Map([['é ☃ 😀', 1_000]])].flat());
       print([0.1 + 0.2, 1e21, 5e-324, -0, 1 / 3, Math.floor(-1.5), (255).toString(16), 0.1 * 3]);
       print([...new Uint8Array([1, 255, 256, -1])].concat([...new Int16Array([40000])]));
       print({ a: undefined, b: null, c: [undefined], d: 'line\\n"quoted" \\u2028' });
       label: for (const a of [1, 2]) for (const b of [1, 2]) { if (b > a) continue label; print([a, b]); }`,
      '.',
    );
    expect((await underXs(bundle)).lines).toEqual(underNode(bundle));
  });

  it('prints line by line and runs promise jobs to their end', async () => {
    const bundle = `Promise.resolve('later').then(host.print); host.print('now');`;
    expect((await underXs(bundle)).lines).toEqual(['now', 'later']);
  });

  it('calls the step that a bundle leaves, from outside, until it says false', async () => {
    const bundle = `let left = 3; host.repeat(() => { host.print(left); return --left > 0; }); host.print('evaluated');`;
    expect((await underXs(bundle)).lines).toEqual(['evaluated', '3', '2', '1']);
  });

  it('starts with almost all of its memory free, as built-ins, code and literals lie in flash', async () => {
    const literals = `const texts = () => [${Array.from({ length: 500 }, (_, i) => `'literal ${i}'`)}]; host.print('ok');`;
    const { statistics } = await underXs(literals);
    expect(statistics.slots.available).toBe(ESP32_S3_MACHINE.slots - 1);
    expect(statistics.slots.peak).toBeLessThan(250);
    expect(statistics.chunkBytes.peak).toBeLessThan(1024);
  });

  it.each([
    ['objects', 'const all = []; try { for (;;) all.push({ all }); } catch { host.print("caught"); }'],
    ['text', 'let text = "x"; try { for (;;) text += text; } catch { host.print("caught"); }'],
    [
      'bytes',
      'const all = []; try { for (;;) all.push(new Uint8Array(1000)); } catch { host.print("caught"); }',
    ],
  ])(
    'ends with exit code 1 when %s fill the memory, whatever JavaScript would like to catch',
    async (_, bundle) => {
      expect(await failureOf(bundle)).toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/^outOfMemory: \d+ of \d+ slots/),
      });
    },
  );

  it('ends with exit code 2 when calls nest too deep', async () => {
    const bundle = 'const sink = (n) => 1 + sink(n + 1); try { sink(0); } catch { host.print("caught"); }';
    expect(await failureOf(bundle)).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(`stackOverflow: ${ESP32_S3_MACHINE.stackSlots} slots`),
    });
  });

  it.each([
    [
      'an error, with the functions it passed',
      'function inner() { null.x; } inner();',
      5,
      /^exception: TypeError: .*null.*\n at inner/,
    ],
    ['what is no error', 'throw 7;', 5, /^exception: 7$/],
    ['what cannot be printed', 'throw { toString() { throw 1; } };', 5, /^exception: .* cannot be printed$/],
    ['a syntax error', 'const const = 1;', 5, /^exception: SyntaxError/],
    ['an error in a step', 'host.repeat(() => { throw new Error("late"); });', 5, /^exception: Error: late/],
    [
      'a rejection that nobody handles',
      'Promise.reject(new RangeError("far"));',
      8,
      /^rejection: RangeError: far/,
    ],
  ])('ends with the message of %s', async (_, bundle, exitCode, message) => {
    expect(await failureOf(bundle)).toMatchObject({
      name: 'XsError',
      exitCode,
      message: expect.stringMatching(message),
    });
  });

  it('keeps what was printed before it failed', async () => {
    const lines: string[] = [];
    const run = async () => {
      for await (const line of runBundle({ bundle: 'host.print("before"); throw 1;' })) lines.push(line);
    };
    await expect(run()).rejects.toThrow('exception: 1');
    expect(lines).toEqual(['before']);
  });

  it('ends the machine when nobody wants its lines any more', async () => {
    for await (const line of runBundle({
      bundle: 'host.repeat(() => { host.print("and on"); return true; });',
    })) {
      expect(line).toBe('and on');
      break;
    }
  });

  it('gives JavaScript an ear without a way to its sound', async () => {
    const bundle = `host.print(Object.getOwnPropertyNames(Ear.prototype).sort().join()); host.print(typeof new Ear(host.readFile('clip')).hear(160));`;
    const { lines } = await underXs(withEar(bundle), { files: { clip: clipFile(new Int16Array(160)) } });
    expect(lines).toEqual([
      'configure,constructor,hear,listen,memoryBytes,setGuard,setMuted,setSensitivity,stopListening,takeEvent',
      'number',
    ]);
  });

  it.each([
    ['an ear that was never made', 'Ear.prototype.takeEvent.call({});', /no host object/],
    [
      'a model that could move',
      'new Ear().configure({ wakeWords: [{ name: "w", model: new ArrayBuffer(8) }] });',
      /resources, which never move/,
    ],
    [
      'a model that is none',
      'new Ear().configure({ wakeWords: [{ name: "w", model: host.readFile("bundle.js") }] });',
      /RangeError: w: /,
    ],
    ['a word of no name', 'new Ear().configure({ wakeWords: [{}] });', /wake word: name is missing/],
    ['too few arguments', 'new Ear().listen();', /1 arguments are needed/],
    ['listening from no number', 'new Ear().listen(undefined);', /not at NaN/],
    ['a clip that is none', 'new Ear(host.readFile("bundle.js"));', /RangeError: .*the clip is no WAV file/],
    ['a negative number of samples', 'new Ear().hear(-1);', /-1 samples cannot be heard/],
  ])('refuses %s with an exception', async (_, bundle, message) => {
    const failure = await failureOf(withEar(bundle));
    expect(failure).toMatchObject({ exitCode: 5, message: expect.stringMatching(message) });
  });

  it('names a file that it cannot read', async () => {
    expect(await failureOf('host.readFile("nothing");')).toMatchObject({
      exitCode: 66,
      message: 'unreadableFile: nothing: No such file or directory',
    });
  });
});

describe('the size of a machine', () => {
  it('is what the manifest’s creation says', () => {
    const creation = { heap: { initial: 3000 }, chunk: { initial: 40_000 }, stack: 256 };
    expect(machineSizeOf({ creation })).toEqual({ slots: 3000, chunkBytes: 40_000, stackSlots: 256 });
  });
});

describe('building the host program', () => {
  it('says what to install when there is no C compiler', async () => {
    const before = process.env.CC;
    process.env.CC = 'no-such-compiler';
    try {
      await expect(buildXsHost()).rejects.toThrow(/^install gcc or clang: /);
    } finally {
      if (before === undefined) delete process.env.CC;
      else process.env.CC = before;
    }
  });

  it('builds once and finds it again', async () => {
    const first = await buildXsHost();
    const { ino, mtimeMs } = statSync(first); // what is built anew is another file
    expect(await buildXsHost()).toBe(first);
    expect(statSync(first)).toMatchObject({ ino, mtimeMs });
  });
});
