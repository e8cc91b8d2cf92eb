import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../cli/problem';
import { ROOT } from '../../packages/root';
import { Machine } from '../../sim/wasm/machine';
import { natives } from '../../sim/wasm/natives';

const PYTHON = join(ROOT, '.venv', 'bin', 'python');

/** Bytes of the natives' objects on a 32-bit machine: WebAssembly lays structures out as the chip does. */
export function objectBytes(): Readonly<Record<'features' | 'ear' | 'decoder', number>> {
  const machine = new Machine(natives());
  const bytes = (name: string) => machine.native(`${name}_bytes`)();
  return { features: bytes('features'), ear: bytes('ear'), decoder: bytes('decoder') };
}

/** Bytes of a model's arena with TensorFlow Lite Micro's portable kernels, as the wheel of the tests' Python environment
 * says; its pointers are twice as wide as the chip's. Throws Problem when there is no such environment. */
export function arenaBytes(tfliteFile: string): number {
  if (!existsSync(PYTHON))
    throw new Problem(
      'arenas are measured in the tests’ Python environment: run npm test once, which sets it up',
    );
  const script = fileURLToPath(new URL('./arena.py', import.meta.url));
  const { stdout, stderr } = spawnSync(PYTHON, [script, tfliteFile], { encoding: 'utf8' });
  const total = /Arena allocation total (\d+) bytes/.exec(`${stdout}${stderr}`)?.[1];
  if (total === undefined) throw new Problem(`${tfliteFile}: no arena was measured: ${stderr.trim()}`);
  return Number(total);
}
