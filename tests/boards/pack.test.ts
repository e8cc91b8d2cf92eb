import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReplayArguments, type ReplayArguments } from '../../host-sim/command-line/arguments';
import { pack } from '../../host-sim/parts/firmware-models';
import { loadSpeakerParts, ROOT } from '../../host-sim/parts/speaker-parts';

test('what the firmware hears with is what a replay hears with (`npm run pack` makes it so)', async () => {
  const parts = await loadSpeakerParts(parseReplayArguments(['--demo']) as ReplayArguments);
  const packed = Object.entries(pack(parts));
  expect(packed).toHaveLength(2);
  for (const [path, content] of packed) {
    expect([path, readFileSync(join(ROOT, 'models', path)).equals(Buffer.from(content))]).toEqual([
      path,
      true,
    ]);
  }
});
