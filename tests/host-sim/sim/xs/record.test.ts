import { readFileSync } from 'node:fs';
import { Record } from '../../../../firmware/record/record';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { type LoadedSpeaker, loadSpeaker } from '../../../../host-sim/packages/speaker';
import { readRecording } from '../../../../host-sim/sim/audio/any-recording';
import { inOnePiece } from '../../../../host-sim/sim/audio/byte-reader';
import { loadEngine } from '../../../../host-sim/sim/engines';
import { blankRecord, MemoryPages } from '../../../../host-sim/sim/record/memory-pages';
import { nodeSeal } from '../../../../host-sim/sim/record/node-seal';
import { runFirmware } from '../../../../host-sim/sim/xs/run-firmware';
import { findDemo } from '../../../../host-sim/tools/replay/recordings/demo';
import { outcomeOf } from './outcome';

let speaker: LoadedSpeaker;
let kitchen: Int16Array;

beforeAll(async () => {
  speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
  kitchen = (await readRecording(readFileSync(findDemo().path))).pcm.subarray(0, 8 * 16_000);
});

/** What the chip's firmware leaves in its partition after a clip. */
async function kept(before: Uint8Array): Promise<Uint8Array> {
  let after = before;
  const onRecord = (bytes: Uint8Array): void => {
    after = bytes;
  };
  await outcomeOf(runFirmware({ speaker, clip: kitchen, record: before, onRecord }));
  return after;
}

const opened = (flash: Uint8Array) => new Record(new MemoryPages(flash.slice()), nodeSeal);
const entriesOf = (record: Record) => [...record.entries()].map(({ entry }) => entry);

test('the chip’s firmware keeps in flash what the simulator keeps, in a chain that holds over a restart', async () => {
  const first = await kept(blankRecord());
  const pages = new MemoryPages();
  const record = { bytes: blankRecord(), pages, replace: () => {} };
  const job = { speaker, sound: inOnePiece(kitchen), mute: [], ringFrames: false, record };
  for await (const _ of (await loadEngine('node'))(job));
  const expected = entriesOf(new Record(pages, nodeSeal));
  expect(expected.map(({ type }) => type)).toEqual(expect.arrayContaining(['wakeWord', 'command']));
  expect(entriesOf(opened(first))).toEqual(expected);
  const second = opened(await kept(first));
  expect(second.verify()).toMatchObject({ entryCount: 2 * expected.length, deleted: [], altered: [] });
});

test('holding the key deletes all of it, and nothing of what was heard stays in flash', async () => {
  const first = await kept(blankRecord());
  expect(Buffer.from(first).toString('latin1')).toContain('"type":"command"');
  let after = first;
  const onRecord = (bytes: Uint8Array): void => {
    after = bytes;
  };
  const clip = new Int16Array(140 * 16_000); // the world's time is a tenth of a clip's
  const button = [{ startMs: 1_000, endMs: 13_000 }];
  const { lines } = await outcomeOf(runFirmware({ speaker, clip, record: first, button, onRecord }));
  expect(lines.join('\n')).toContain('"buttonHeld"');
  expect(entriesOf(opened(after)).map(({ type }) => type)).toEqual(['erased']);
  expect(Buffer.from(after).toString('latin1')).not.toMatch(/"command"|"wakeWord"/);
});

test('one that was altered in flash is found out, and what comes next is kept', async () => {
  const flash = await kept(blankRecord());
  const at = Buffer.from(flash).indexOf('"wakeWord"');
  flash[at + 1] = 0;
  const before = opened(flash).head.index;
  const after = opened(await kept(flash));
  expect(after.verify().altered.length).toBeGreaterThan(0);
  expect(after.head.index).toBeGreaterThan(before);
});
