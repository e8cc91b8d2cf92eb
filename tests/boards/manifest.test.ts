import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESP32_S3_MACHINE } from '../../host-sim/xs/machine-size';

const root = join(__dirname, '../..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

describe('the chip’s manifest', () => {
  const manifest = read('manifest.json');

  test('compiles with the compiler options that the laptop checks with', () => {
    const { compilerOptions } = read('tsconfig.json');
    const { compilerOptions: onChip } = manifest.typescript.tsconfig;
    expect(onChip.strict).toBe(true);
    // what only says where types lie and that the check writes nothing is the laptop's own
    const { types, moduleResolution, noEmit, ...shared } = compilerOptions;
    expect([types, moduleResolution, noEmit]).toEqual([['node', 'jest'], 'bundler', true]);
    expect(onChip).toEqual(shared);
  });

  test('says how large the machine is, and that it does not grow', () => {
    const { chunk, heap } = manifest.creation;
    expect([chunk.incremental, heap.incremental]).toEqual([0, 0]);
    expect(chunk.initial).toBe(ESP32_S3_MACHINE.chunkBytes);
  });
});
