import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { modelNames } from '../../../../host-sim/packages/models';
import { ROOT } from '../../../../host-sim/packages/root';
import { loadSpeaker } from '../../../../host-sim/packages/speaker';
import { inOnePiece } from '../../../../host-sim/sim/audio/byte-reader';
import { loadEngine, type ReplayJob } from '../../../../host-sim/sim/engines';

import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { withWordVerifier } from '../verified';

const run = promisify(execFile);
const wakeWords = modelNames(join(ROOT, 'models'), 'micro');
const recordings = join(ROOT, '../shared/data/wake-words/jarvis');
const itWithRecordings = existsSync(recordings) && wakeWords.includes('jarvis') ? it : it.skip;

type EngineName = 'node' | 'xs';

async function linesOf(engine: EngineName, job: ReplayJob): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of (await loadEngine(engine))(job)) lines.push(line);
  return lines;
}

async function printedBy(engine: EngineName, files: readonly string[]): Promise<string> {
  const words = ['host-sim/cli/run.mjs', 'replay', '--json', '--frames', '--engine', engine, ...files];
  return (await run(process.execPath, words, { cwd: ROOT, maxBuffer: 1 << 26 })).stdout;
}

/** Bursts of noise with pauses, always the same. */
function burstsOfNoise(seconds: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: seconds * 16000 }, (_, index) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return index % 24000 < 12000 ? seed >> 17 : seed >> 26;
  });
}

describe('a replay with the natives', () => {
  it('gives the same lines under XS as under Node, whatever the mute switch does', async () => {
    const speaker = await loadSpeaker({ wake: wakeWords, grammar: undefined, board: DEFAULT_BOARD });
    const mute = [
      { startMs: 0, endMs: 410 },
      { startMs: 2003, endMs: 2004 },
      { startMs: 3333, endMs: 6001.5 },
    ];
    const job = () => ({ speaker, sound: inOnePiece(burstsOfNoise(8)), mute, ringFrames: true });
    const lines = await linesOf('node', job());
    expect(lines.filter((line) => line.includes('"muteChanged"'))).toHaveLength(2 * mute.length);
    expect(await linesOf('xs', job())).toEqual(lines);
  });

  it('hears the same where a word has a word verifier', async () => {
    const speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
    const job = () => ({
      speaker: withWordVerifier(speaker),
      sound: inOnePiece(demoRecording()),
      mute: [],
      ringFrames: false,
    });
    const lines = await linesOf('node', job());
    expect(lines.filter((line) => /"wakeWordHeard".*"verifier":-?\d/.test(line)).length).toBeGreaterThan(1);
    expect(await linesOf('xs', job())).toEqual(lines);
  });

  it('hears, does and lights the same in the bundled recording, commands and all', async () => {
    const printed = await printedBy('node', ['--demo']);
    expect(printed.match(/"type":"commandHeard"/g)).toHaveLength(4);
    expect(await printedBy('xs', ['--demo'])).toBe(printed);
  });

  itWithRecordings('prints the same for ten recordings of people, where they are there', async () => {
    const files = readdirSync(recordings).sort().slice(0, 10);
    const paths = files.map((name) => join(recordings, name));
    const printed = await printedBy('node', paths);
    expect(printed).toContain('"wakeWordHeard"');
    expect(await printedBy('xs', paths)).toBe(printed);
  });
});
