import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { operatorsOf } from '../../../host-sim/packages/model-operators';
import {
  RESOURCE_KINDS,
  type Resource,
  type ResourceKind,
  writeResourceFile,
} from '../../../host-sim/packages/resource-file';
import { ROOT } from '../../../host-sim/packages/root';
import { Machine } from '../../../host-sim/sim/wasm/machine';
import { natives } from '../../../host-sim/sim/wasm/natives';
import { readResourceFile } from '../../../host-sim/sim/wasm/read-resources';
import { arenaBytes } from '../../../host-sim/tools/board/measure-models';

const read = (file: Uint8Array) => readResourceFile(natives(), file);
const text = (name: string, content: string, kind: ResourceKind = 'grammar'): Resource => ({
  name,
  kind,
  bytes: new TextEncoder().encode(content),
});

const anyResource = fc.record({
  name: fc.stringMatching(/^[a-z0-9.-]{1,31}$/),
  // a model must be one, as its operators are read from it
  kind: fc.constantFrom(...RESOURCE_KINDS.filter((kind) => kind !== 'model')),
  bytes: fc.uint8Array({ maxLength: 300 }),
});
const anyResources = fc.uniqueArray(anyResource, {
  minLength: 1,
  maxLength: 8,
  selector: ({ name }) => name,
});

test('the chip’s reader gives what was written, whatever it is', () => {
  fc.assert(
    fc.property(anyResources, fc.nat(), (resources, revision) => {
      const file = writeResourceFile(resources, revision);
      expect(file.length % 64).toBe(0);
      expect(read(file)).toEqual({ revision, resources });
    }),
    { numRuns: 60 },
  );
});

test('each byte matters, and so does each length', () => {
  fc.assert(
    fc.property(anyResources, fc.nat(), fc.integer({ min: 1, max: 255 }), (resources, place, change) => {
      const file = writeResourceFile(resources);
      const at = place % file.length;
      expect(() => read(file.subarray(0, at))).toThrow(/cut|nothing is there/);
      file[at] = (file[at] as number) ^ change;
      expect(() => read(file)).toThrow(/damaged|cut|nothing is there|its format is/);
    }),
    { numRuns: 60 },
  );
});

test('a damaged resource is refused by its name', () => {
  const file = writeResourceFile([text('one.json', 'one', 'hearing'), text('two.graph', 'two')]);
  file[file.length - 64] = 0;
  expect(() => read(file)).toThrow('two.graph is damaged');
});

test('the file says what operators its models need', () => {
  const path = 'models/jarvis/jarvis.tflite';
  const bytes = new Uint8Array(readFileSync(join(ROOT, path)));
  const file = writeResourceFile([{ name: 'jarvis.tflite', kind: 'model', bytes }]);
  const said = Array.from({ length: 256 }, (_, code) => code).filter(
    (code) => ((file[24 + (code >> 3)] as number) >> (code & 7)) & 1,
  );
  expect(said).toEqual([...new Set(operatorsOf(bytes))].sort((a, b) => a - b));
});

test.each(['jarvis/jarvis', 'jarvis/jarvis-verifier', 'embedding/embedding', 'phones/phones'])(
  'what %s takes at least to run is in the file: no more than either interpreter takes',
  (model) => {
    const path = join(ROOT, `models/${model}.tflite`);
    const bytes = new Uint8Array(readFileSync(path));
    const file = writeResourceFile([{ name: 'a.tflite', kind: 'model', bytes }]);
    const least = new DataView(file.buffer).getUint32(64 + 44, true);
    expect(least).toBeGreaterThan(1000);
    expect(least).toBeLessThan(ownArenaBytes(bytes));
    expect(least).toBeLessThan(arenaBytes(path)); // TensorFlow Lite Micro
    expect(() => readResourceFile(natives(), file, least)).not.toThrow();
    expect(() => readResourceFile(natives(), file, least - 1)).toThrow(
      `a.tflite takes ${least} bytes to run, more than are free`,
    );
  },
);

/** What the laptop's interpreter asks for when it is first given none. */
function ownArenaBytes(model: Uint8Array): number {
  const machine = new Machine(natives());
  machine.native('model_glue_open')(machine.place(model), model.length, 0, 0);
  return machine.native('model_glue_bytes_needed')();
}

test('a name that is none, one that is there twice, and too many resources are refused', () => {
  expect(() => writeResourceFile([text('', 'x')])).toThrow("'' is no name of a resource");
  expect(() => writeResourceFile([text('with space', 'x')])).toThrow('1 to 31 letters without a space');
  expect(() => writeResourceFile([text('n'.repeat(32), 'x')])).toThrow('is no name');
  expect(() => writeResourceFile([text('a', 'x'), text('a', 'y')])).toThrow("two resources named 'a'");
  expect(() => writeResourceFile([])).toThrow('1 to 64, not 0');
  expect(() => writeResourceFile(Array.from({ length: 65 }, (_, i) => text(`${i}`, 'x')))).toThrow('not 65');
});
