import { DEFAULT_BOARD } from '../../../host-sim/packages/boards';
import { type LoadedSpeaker, loadSpeaker } from '../../../host-sim/packages/speaker';
import { inOnePiece } from '../../../host-sim/sim/audio/byte-reader';
import { loadEngine, type ReplayJob } from '../../../host-sim/sim/engines';
import type { MuteSpan } from '../../../host-sim/sim/io/mute-spans';
import { demoRecording, findDemo } from '../../../host-sim/tools/replay/recordings/demo';
import { browser, replayedInBrowser } from './browser/browser';
import { deskSources } from './xs/desk/build';
import { runOnTheDesk } from './xs/desk/run';
import { wordSize } from './xs/word-size';

type Script = Pick<ReplayJob, 'mute' | 'ringFrames'>;

const pcm = demoRecording();
let speaker: LoadedSpeaker;

beforeAll(async () => {
  speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
});

async function replayed(name: 'node' | 'xs', script: Script): Promise<string[]> {
  const lines: string[] = [];
  const engine = await loadEngine(name);
  for await (const line of engine({ speaker, sound: inOnePiece(pcm), ...script })) lines.push(line);
  return lines;
}

/** There the switch is a contact that bounces, so that mute begins and ends some milliseconds later. */
async function onTheDesk(): Promise<string[]> {
  const host = { bits: await wordSize(), also: deskSources() };
  return [...(await runOnTheDesk({ speaker, clip: pcm, mute: [], ...host })).events];
}

describe('the bundled recording gives the same lines', () => {
  const plain = { mute: [] as MuteSpan[], ringFrames: false };
  const full = { mute: findDemo().mute, ringFrames: true };
  const inBrowser = browser ? test : test.skip;
  let heard: string[];
  let seen: string[];

  beforeAll(async () => {
    heard = await replayed('node', plain);
    seen = await replayed('node', full);
  });

  test('which tell of four commands, without a mute of five, and of every picture', () => {
    const count = (lines: string[], type: string) =>
      lines.filter((line) => line.includes(`"${type}"`)).length;
    expect(count(heard, 'commandHeard')).toBe(5);
    expect(count(seen, 'commandHeard')).toBe(4);
    expect(count(seen, 'muteChanged')).toBe(2);
    expect(count(seen, 'ringFrame')).toBeGreaterThan(100);
  });

  test('under XS', async () => {
    expect(await replayed('xs', plain)).toEqual(heard);
    expect(await replayed('xs', full)).toEqual(seen);
  });

  inBrowser('in a browser', async () => {
    expect(await replayedInBrowser({ speaker, pcm, ...plain })).toEqual(heard);
    expect(await replayedInBrowser({ speaker, pcm, ...full })).toEqual(seen);
  });

  test('over the chip’s own natives', async () => {
    expect(await onTheDesk()).toEqual(heard);
  }, 300_000);
});
