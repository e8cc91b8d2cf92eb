import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from '../../../../firmware/core/command';
import { compileGrammar } from '../../../../host-sim/grammar/compile';
import { ROOT } from '../../../../host-sim/packages/root';
import { type LoadedCommands, loadCommands } from '../../../../host-sim/packages/speaker';
import { withSilence } from '../../../../host-sim/sim/audio/recording';
import { clipFile } from '../../../../host-sim/tools/board/clip';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { readDictionary } from '../../grammar/dictionary';
import { underXs, withEar } from './outcome';

/** "turn on the kitchen light" in the bundled recording. */
const SAID = withSilence(demoRecording().subarray(3.3 * 16_000, 5 * 16_000), 1500);
const SWAPS = 50;

/** The last of all swaps is to the graph that the ear began with. */
const BUNDLE = `
const ear = new Ear(host.readFile('said'));
const [phones, home, other, damaged] = ['phones', 'home', 'other', 'damaged'].map(host.readFile);
const tuning = { blankPenaltyNats: 2, lookAheadMs: 180, features: 'noise-reduced' };
const swapTo = (graph) => ear.configure({ commands: { phones: { model: phones, ...tuning }, graph } });
swapTo(home);
const before = ear.memoryBytes();
for (let swap = 0; swap < ${SWAPS}; swap += 1) {
  swapTo(swap % 2 === 0 ? other : home);
  let refusal = 'none';
  try { swapTo(damaged); } catch (error) { refusal = String(error); }
  if (swap === 0) host.print(refusal);
}
swapTo(home);
host.print(String(ear.memoryBytes() - before));
ear.listen(0);
while (ear.hear(160) > 0)
  for (let event = ear.takeEvent(); event !== undefined; event = ear.takeEvent()) host.print(event);
`;

test(`a grammar that is swapped ${SWAPS} times takes no memory, and the last one is understood`, async () => {
  const { graph } = (await loadCommands(undefined)) as LoadedCommands;
  const other = compileGrammar({ file: 'test.grammar', text: 'stop: stop' }, readDictionary()).graph.file;
  const phones = readFileSync(join(ROOT, 'models/phones/phones.tflite'));
  const damaged = graph.subarray(0, 99);
  const files = { said: clipFile(SAID), phones, home: graph, other, damaged };
  const { lines } = await underXs(withEar(BUNDLE), { files });
  expect(lines.slice(0, 2)).toEqual([expect.stringMatching(/^RangeError: .*header/), '0']);
  const heard = lines.slice(2).map((line) => JSON.parse(line));
  const { tokens } = heard.find(({ type }) => type === 'commandHeard');
  expect(commandOf(tokens)).toMatchObject({ intent: 'turnOn', slots: { room: 'kitchen' } });
});
