import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf } from '../../../firmware/core/command';
import { parseEarEvent } from '../../../firmware/core/ear-events';
import { equip } from '../../../firmware/core/hearing';
import { compileGrammar } from '../../../host-sim/grammar/compile';
import { watchGrammar } from '../../../host-sim/grammar/watch';
import { type LoadedCommands, loadCommands } from '../../../host-sim/packages/speaker';
import { withSilence } from '../../../host-sim/sim/audio/recording';
import { createEar } from '../../../host-sim/sim/wasm/natives';
import type { WasmEar } from '../../../host-sim/sim/wasm/wasm-ear';
import { demoRecording } from '../../../host-sim/tools/replay/recordings/demo';
import { readDictionary } from '../grammar/dictionary';

/** "turn on the kitchen light" in the bundled recording. */
const SAID = withSilence(demoRecording().subarray(3.3 * 16_000, 5 * 16_000), 1500);

function graphOf(text: string): Uint8Array {
  return compileGrammar({ file: 'test.grammar', text }, readDictionary()).graph.file;
}

/** What the ear makes of the words, from `sample` on its clock. */
function understood(ear: WasmEar, sample: number): object | undefined {
  ear.feed(SAID);
  ear.listen(sample);
  let command: object | undefined;
  while (ear.hear(160) > 0) {
    for (let text = ear.takeEvent(); text !== undefined; text = ear.takeEvent()) {
      const event = parseEarEvent(text);
      if (event.type === 'commandHeard') command = commandOf(event.tokens);
    }
  }
  return command;
}

describe('a grammar that is swapped while the speaker runs', () => {
  let commands: LoadedCommands;

  function swap(ear: WasmEar, graph: Uint8Array): void {
    equip(ear, { commands: { ...commands, graph } });
  }

  beforeAll(async () => {
    commands = (await loadCommands(undefined)) as LoadedCommands;
  });

  test('decides what is understood from then on, there and back', () => {
    const ear = createEar({ commands: { ...commands, graph: graphOf('stop: stop') } });
    expect(understood(ear, 0)).toBeUndefined();
    swap(ear, commands.graph);
    expect(understood(ear, SAID.length)).toMatchObject({ intent: 'turnOn', slots: { room: 'kitchen' } });
    swap(ear, graphOf('light: turn on the kitchen light'));
    expect(understood(ear, 2 * SAID.length)).toMatchObject({ intent: 'light', slots: {} });
  });

  test('that is damaged is refused, and the next one is understood', () => {
    const ear = createEar({ commands });
    expect(() => swap(ear, commands.graph.subarray(0, 99))).toThrow(/shorter or longer than its header/);
    expect(understood(ear, 0)).toBeUndefined();
    swap(ear, commands.graph);
    expect(understood(ear, SAID.length)).toMatchObject({ intent: 'turnOn' });
  });

  test('ends a command under way without an event', () => {
    const ear = createEar({ commands });
    ear.feed(SAID);
    ear.listen(0);
    ear.hear(16_000);
    while (ear.takeEvent() !== undefined);
    swap(ear, commands.graph);
    while (ear.hear(160) > 0) expect(ear.takeEvent()).toBeUndefined();
  });
});

test('a grammar file that is saved is noticed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-watch-'));
  const file = join(folder, 'home.grammar');
  writeFileSync(file, 'stop: stop');
  let release = (): void => undefined;
  await new Promise<void>((resolve) => {
    release = watchGrammar(file, resolve);
    writeFileSync(join(folder, 'rooms.grammar'), 'list room = kitchen');
  });
  release();
  rmSync(folder, { recursive: true });
});
