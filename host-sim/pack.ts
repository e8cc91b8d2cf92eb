/** Packs what the firmware hears with: compiles the home grammar and writes `models/manifest.json`, which names the
 * resources of the firmware and tells it how the models are to be used. To be run after a model or the grammar has
 * changed; a test says so.
 *
 *     npm run pack */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReplayArguments } from './command-line/arguments';
import { pack } from './parts/firmware-models';
import { loadSpeakerParts, ROOT } from './parts/speaker-parts';

async function main(): Promise<void> {
  const choice = parseReplayArguments(['--demo']);
  if (!choice) throw new TypeError('the demo has arguments');
  for (const [path, content] of Object.entries(pack(await loadSpeakerParts(choice)))) {
    writeFileSync(join(ROOT, 'models', path), content);
    console.log(`models/${path}: ${content.length.toLocaleString('en-US')} bytes`);
  }
}

void main();
