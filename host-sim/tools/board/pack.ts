import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_WAKE_WORD } from '../../cli/arguments';
import { command, type Values } from '../../cli/command';
import { runCommand } from '../../cli/run-command';
import { pack } from '../../packages/firmware-models';
import { loadHearing, ROOT } from '../../packages/speaker-parts';
import { createEar } from '../../sim/wasm/natives';

const HELP = `npm run pack [-- --wake NAME ...]

Packs what the firmware hears with: compiles the home grammar, and writes models/manifest.json, which names the resources
of the firmware and tells it how the models are to be used, and models/operators.h, which says what the models need of
TensorFlow Lite Micro. To be run after a model or the grammar has changed; a test says so.

  --wake NAME  a wake word of models/ for a firmware of your own; may be given several times (${DEFAULT_WAKE_WORD})`;

const OPTIONS = { wake: { type: 'string', multiple: true } } as const;

async function main(values: Values<typeof OPTIONS>): Promise<number> {
  const { wake = [DEFAULT_WAKE_WORD] } = values;
  const hearing = await loadHearing(wake, undefined);
  createEar(hearing); // what it refuses, such as an operator that is not there, the chip would refuse as well
  for (const [path, content] of Object.entries(pack(hearing))) {
    writeFileSync(join(ROOT, 'models', path), content);
    console.log(`models/${path}: ${content.length.toLocaleString('en-US')} bytes`);
  }
  return 0;
}

void runCommand(command({ name: 'pack', help: HELP, options: OPTIONS }, main));
