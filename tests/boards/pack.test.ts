import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReplayArguments, type ReplayArguments } from '../../host-sim/command-line/arguments';
import { pack } from '../../host-sim/parts/firmware-models';
import { operatorsOf } from '../../host-sim/parts/model-operators';
import { loadSpeakerParts, ROOT } from '../../host-sim/parts/speaker-parts';

test('what the firmware hears with is what a replay hears with (`npm run pack` makes it so)', async () => {
  const parts = await loadSpeakerParts(parseReplayArguments(['--demo']) as ReplayArguments);
  const packed = Object.entries(pack(parts));
  expect(packed).toHaveLength(3);
  for (const [path, content] of packed) {
    expect([path, readFileSync(join(ROOT, 'models', path)).equals(Buffer.from(content))]).toEqual([
      path,
      true,
    ]);
  }
});

test('what a model is made of is read from its file', () => {
  const conv2d = 3;
  const [quantize, callOnce, varHandle, readVariable, assignVariable] = [114, 129, 142, 143, 144];
  const found = operatorsOf(readFileSync(join(ROOT, 'models/phones/phones.tflite')));
  for (const operator of [conv2d, callOnce, varHandle, readVariable, assignVariable])
    expect(found).toContain(operator);
  // the probability of a wake word is a byte without sign, the phone model's logits are not
  expect(found).not.toContain(quantize);
  expect(operatorsOf(readFileSync(join(ROOT, 'models/jarvis/jarvis.tflite')))).toContain(quantize);
});
