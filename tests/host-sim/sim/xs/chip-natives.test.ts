import { readFileSync } from 'node:fs';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { type LoadedSpeaker, loadSpeaker } from '../../../../host-sim/packages/speaker';
import { readRecording } from '../../../../host-sim/sim/audio/any-recording';
import { inOnePiece } from '../../../../host-sim/sim/audio/byte-reader';
import { loadEngine } from '../../../../host-sim/sim/engines';
import type { MuteSpan } from '../../../../host-sim/sim/io/mute-spans';
import { Machine } from '../../../../host-sim/sim/wasm/machine';
import { natives } from '../../../../host-sim/sim/wasm/natives';
import { buildXsHost, type XsHostOptions } from '../../../../host-sim/sim/xs/build';
import { bundleFile } from '../../../../host-sim/sim/xs/bundle';
import type { FirmwareRun } from '../../../../host-sim/sim/xs/run-firmware';
import { findDemo } from '../../../../host-sim/tools/replay/recordings/demo';
import { withWordVerifier } from '../verified';
import { deskSources } from './desk/build';
import { runOnTheDesk } from './desk/run';
import { underXs } from './outcome';
import { wordSize } from './word-size';

let speaker: LoadedSpeaker;
let kitchen: Int16Array;
let host: XsHostOptions;

beforeAll(async () => {
  const choice = { wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD };
  speaker = withWordVerifier(await loadSpeaker(choice));
  kitchen = (await readRecording(readFileSync(findDemo().path))).pcm;
  host = { bits: await wordSize(), also: deskSources() };
  await buildXsHost(host);
}, 300_000);

const onTheDesk = (clip: Int16Array, mute: readonly MuteSpan[], typed: FirmwareRun['typed'] = []) =>
  runOnTheDesk({ speaker, clip, mute, typed, ...host });

async function replayed(pcm: Int16Array, mute: readonly MuteSpan[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of (await loadEngine('node'))({
    speaker,
    sound: inOnePiece(pcm),
    mute,
    ringFrames: false,
  }))
    lines.push(line);
  return lines;
}

const meanSquare = (pcm: Int16Array): number =>
  pcm.reduce((sum, sample) => sum + sample ** 2, 0) / pcm.length;
const timeOf = (line: string): number => JSON.parse(line).atMs;

/** As the laptop's build of the natives has it. Values are what the eye sees, unless a board says otherwise; a WS2812B takes
 * 12 mA for each colour and 600 µA when dark. */
function rendered(rgb: readonly number[]): number[] {
  const {
    led,
    order,
    pixels,
    first,
    brightnessLimitPercent,
    currentLimitMilliamps = 0,
  } = speaker.board.configuration.ring;
  const machine = new Machine(natives());
  const settings = Int32Array.of(
    ['ws2812', 'sk6812-rgbw', 'apa102'].indexOf(led),
    ['RGB', 'RBG', 'GRB', 'GBR', 'BRG', 'BGR'].indexOf(order),
    pixels,
    first,
    1,
    brightnessLimitPercent,
    1000 * currentLimitMilliamps,
    12_000,
    600,
  );
  const ring = machine.place(new Uint8Array(settings.buffer));
  const byteLength = machine.native('ring_wire_bytes')(ring);
  const wire = machine.allocate(byteLength);
  machine.native('ring_wire_render')(ring, machine.place(Uint8Array.from(rgb)), wire);
  return [...machine.bytes(wire, byteLength)];
}

function cue(name: string, sampleRate: number, volumePercent: number): number[] {
  const machine = new Machine(natives());
  const player = machine.allocate(machine.native('cue_bytes')());
  machine.native('cue_init')(
    player,
    machine.native('cue_of_name')(machine.placeText(name)),
    sampleRate,
    volumePercent,
  );
  const samples = machine.allocate(2 * 3 * sampleRate);
  return [...machine.samples(samples, machine.native('cue_render')(player, samples, 3 * sampleRate))];
}

describe('the chip’s own natives and their JavaScript, under the real XS with words of the chip’s size', () => {
  it('hear a clip through task, mute, queues and models, and write the replay’s very lines', async () => {
    const { events, pictures } = await onTheDesk(kitchen, []);
    expect(events.join('\n')).toContain('"commandHeard"');
    expect(events).toEqual(await replayed(kitchen, []));
    expect(pictures.length).toBeGreaterThan(100);
    for (const { rgb, wire } of pictures) expect(wire).toEqual(rendered(rgb));
  });

  it('begin a mute with the buffer in which the switch moves, and end it 40 ms after', async () => {
    const [startMs, endMs] = [6_000, 9_000];
    const { events } = await onTheDesk(kitchen, [{ startMs, endMs }]);
    const muteChanged = events.filter((line) => line.includes('"muteChanged"'));
    expect(muteChanged.map(timeOf)).toEqual([startMs + 10, endMs + 40]);
    const apart = (line: string) => timeOf(line) < startMs || timeOf(line) > startMs + 500;
    const expected = await replayed(kitchen, [{ startMs, endMs: endMs + 40 }]);
    expect(events.filter(apart)).toEqual(expected.filter(apart));
  });

  it('tell how loud each second is when somebody asks, and nothing of a mute', async () => {
    const seconds = 12;
    const clip = kitchen.subarray(0, seconds * 16_000);
    const mute = [{ startMs: 5_500, endMs: 7_500 }];
    const { remarks } = await onTheDesk(clip, mute, [{ atMs: 0, text: 'level' }]);
    const levels = remarks.filter((line) => line.startsWith('# level')).map((line) => /-\d+/.exec(line)?.[0]);
    expect(levels).toHaveLength(seconds);
    expect(levels[0]).toBeUndefined();
    for (const second of [1, 2, 3, 4, 5]) {
      const mean = meanSquare(clip.subarray((second - 1) * 16_000, second * 16_000));
      expect(Math.abs(Number(levels[second]) - 10 * Math.log10(mean / 2 ** 30))).toBeLessThan(1.5);
    }
    // the mute, and what of a second was heard before it or not yet after it
    expect(levels.slice(6, 9)).toEqual([undefined, undefined, undefined]);
    expect(Number(levels[9])).toBeLessThan(0);
  });

  it('tell of a microphone that has died as the replay does', async () => {
    const dead = new Int16Array(12 * 16_000).fill(-17);
    const { events } = await onTheDesk(dead, []);
    expect(events.join('\n')).toContain('the same value');
    expect(events).toEqual(await replayed(dead, []));
  });

  it('play every cue, sample for sample', async () => {
    const cues = ['listening', 'done', 'notUnderstood', 'failed', 'timer', 'alarm', 'muted', 'unmuted'];
    const { loudspeaker } = speaker.board.configuration;
    if ('absent' in loudspeaker) throw new TypeError('the default board has a loudspeaker');
    const configuration = JSON.stringify({ options: loudspeaker, cues, volumePercent: 80 });
    const { lines } = await underXs(bundleFile('tests/host-sim/sim/xs/desk/cues.ts'), {
      configuration,
      ...host,
    });
    const sounds = lines
      .join(',')
      .split(',,')
      .map((text) => text.split(',').map(Number));
    for (const [index, name] of cues.entries()) {
      const expected = cue(name, loudspeaker.sampleRate, 80);
      const sound = sounds[index] ?? [];
      expect(expected.length).toBeGreaterThan(1_000);
      expect(sound.slice(0, expected.length)).toEqual(expected);
      expect(sound.slice(expected.length).every((sample) => sample === 0)).toBe(true);
    }
  });
});
