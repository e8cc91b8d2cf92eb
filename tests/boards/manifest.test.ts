import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boardNames } from '../../host-sim/packages/boards';
import { ESP32_S3_MACHINE } from '../../host-sim/sim/xs/machine-size';

const root = join(__dirname, '../..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

describe('the chip’s manifest', () => {
  const manifest = read('manifest.json');

  test('compiles with the compiler options that the laptop checks with', () => {
    const { compilerOptions } = read('tsconfig.json');
    const { compilerOptions: onChip } = manifest.typescript.tsconfig;
    expect(onChip.strict).toBe(true);
    // what only says where types lie and that the check writes nothing is the laptop's own
    const { types, noEmit, ...shared } = compilerOptions;
    expect([types, noEmit]).toEqual([['node', 'jest'], true]);
    expect(onChip).toEqual(shared);
  });

  test('says how large the machine is, and that it does not grow', () => {
    const { chunk, heap } = manifest.creation;
    expect([chunk.incremental, heap.incremental]).toEqual([0, 0]);
    expect(chunk.initial).toBe(ESP32_S3_MACHINE.chunkBytes);
  });
});

describe.each(boardNames(join(root, 'boards')))('the build for %s', (board) => {
  const lines = readFileSync(join(root, 'boards', board, 'sdkconfig/sdkconfig.defaults'), 'utf8').split('\n');

  test.each(['CONFIG_ESP_SYSTEM_PANIC_PRINT_REBOOT', 'CONFIG_ESP_TASK_WDT_EN', 'CONFIG_ESP_TASK_WDT_PANIC'])(
    'restarts when it hangs or crashes, where Moddable’s own would wait for a debugger: %s',
    (option) => expect(lines).toContain(`${option}=y`),
  );

  test('restarts when the supply breaks down', () => {
    expect(lines).toContain('CONFIG_ESP_BROWNOUT_DET=y');
  });
});
