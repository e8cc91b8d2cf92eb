import { readFileSync } from 'node:fs';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { resourceFileOf } from '../../../../host-sim/packages/firmware-models';
import { writeResourceFile } from '../../../../host-sim/packages/resource-file';
import { type LoadedSpeaker, loadSpeaker } from '../../../../host-sim/packages/speaker';
import { readRecording } from '../../../../host-sim/sim/audio/any-recording';
import { inOnePiece } from '../../../../host-sim/sim/audio/byte-reader';
import { loadEngine } from '../../../../host-sim/sim/engines';
import type { MuteSpan } from '../../../../host-sim/sim/io/mute-spans';
import { bundleFirmwareWithClip } from '../../../../host-sim/sim/xs/firmware-bundle';
import { ESP32_S3_MACHINE } from '../../../../host-sim/sim/xs/machine-size';
import { runBundle } from '../../../../host-sim/sim/xs/run-bundle';
import { type FirmwareRun, runFirmware } from '../../../../host-sim/sim/xs/run-firmware';
import { clipFile } from '../../../../host-sim/tools/board/clip';
import { findDemo } from '../../../../host-sim/tools/replay/recordings/demo';
import { withWordVerifier } from '../verified';
import { outcomeOf } from './outcome';
import { wordSize } from './word-size';

const demo = findDemo();
let speaker: LoadedSpeaker;
let kitchen: Int16Array;

beforeAll(async () => {
  speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
  kitchen = (await readRecording(readFileSync(demo.path))).pcm;
});

const silence = (seconds: number) => new Int16Array(seconds * 16_000);

/** What the chip writes on the serial port: events, and remarks that are none. */
async function serialPort(run: Omit<FirmwareRun, 'speaker'>) {
  const { lines, statistics } = await outcomeOf(runFirmware({ speaker, ...run }));
  return {
    events: lines.filter((line) => line.startsWith('{')),
    remarks: lines.filter((line) => line.startsWith('#')),
    statistics,
  };
}

async function replayed(pcm: Int16Array, mute: readonly MuteSpan[], by = speaker): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of (await loadEngine('node'))({
    speaker: by,
    sound: inOnePiece(pcm),
    mute,
    ringFrames: false,
  }))
    lines.push(line);
  return lines;
}

const types = (events: readonly string[]): string[] => events.map((line) => JSON.parse(line).type);

describe('the chip’s main.ts under the real XS', () => {
  it.each([
    ['with the mute switch as in the demo', demo.mute],
    ['without a mute', []],
    ['switched on while muted', [{ startMs: 0, endMs: 2000 }]],
  ])('writes the replay’s very lines for the bundled recording, %s', async (_, mute) => {
    const { events, remarks } = await serialPort({ clip: kitchen, mute });
    expect(types(events)).toContain('commandHeard');
    expect(events).toEqual(await replayed(kitchen, mute));
    expect(remarks).toEqual([`# earshot on ${speaker.board.configuration.name}`, '# the clip is over']);
  });

  it('writes the same with slots and pointers of the chip’s size', async () => {
    const { events } = await serialPort({ clip: kitchen, mute: demo.mute, bits: await wordSize() });
    expect(events).toEqual(await replayed(kitchen, demo.mute));
  });

  it('writes the same where a word has a word verifier', async () => {
    const verified = withWordVerifier(speaker);
    const { lines } = await outcomeOf(runFirmware({ speaker: verified, clip: kitchen, mute: demo.mute }));
    expect(lines.join('\n')).toMatch(/"wakeWordHeard".*"verifier":/);
    expect(lines.filter((line) => line.startsWith('{'))).toEqual(
      await replayed(kitchen, demo.mute, verified),
    );
  });

  it('boots and hears in a machine with two thirds of the chip’s memory and three quarters of its stack', async () => {
    const { slots, chunkBytes, stackSlots } = ESP32_S3_MACHINE;
    const size = {
      slots: Math.floor((slots * 2) / 3),
      chunkBytes: Math.floor((chunkBytes * 2) / 3),
      stackSlots: Math.floor((stackSlots * 3) / 4),
    };
    const { events } = await serialPort({ clip: kitchen, size });
    expect(types(events)).toContain('commandHeard');
  });

  it('says why it restarted when nobody asked for it', async () => {
    const { events } = await serialPort({ clip: silence(1), resetReason: 9 });
    expect(events.find((line) => line.includes('faultOccurred'))).toContain(
      'restarted by a brown-out: the supply is too weak',
    );
  });

  it('keeps to the switch and the ring after three boots that failed', async () => {
    const run = { clip: kitchen, mute: demo.mute, resetReason: 4 };
    const { events, remarks } = await serialPort({ ...run, stored: { boot: 'open 2' } });
    expect(remarks[0]).toContain('safe mode: the switch and the ring work');
    expect(types(events)).toContain('booted');
    expect(types(events)).not.toContain('wakeWordHeard');
    expect(events.join('\n')).toContain('safe mode after 3 boots that failed');
    expect(events.join('\n')).toContain('"pattern":"safeMode"');
  });

  it('takes the newer of two files of resources, and the older where that is damaged', async () => {
    const newer = { ...speaker.hearing, wakeWords: [] };
    const flash = { resources_a: resourceFileOf(speaker.hearing, 1), resources_b: resourceFileOf(newer, 2) };
    const deaf = await serialPort({ clip: kitchen, flash });
    expect(types(deaf.events)).not.toContain('wakeWordHeard');
    const at = flash.resources_b.length - 1000;
    flash.resources_b[at] = (flash.resources_b[at] as number) ^ 4;
    const { events } = await serialPort({ clip: kitchen, flash });
    expect(events.join('\n')).toContain('older models than the newest: resources_b: home.graph is damaged');
    expect(types(events)).toContain('commandHeard');
  });

  it.each([
    ['damaged', (file: Uint8Array) => file.fill(0xff, 5_000, 5_100), 'jarvis.tflite is damaged'],
    ['cut', (file: Uint8Array) => file.subarray(0, 100_000), 'it is cut: it has'],
    [
      'of something else',
      () => Buffer.from('RIFF'.repeat(100)),
      'nothing is there that begins with EARSHOTR',
    ],
  ])(
    'keeps the switch and the ring, and says why, with a file of resources that is %s',
    async (_, spoil, why) => {
      const flash = { resources_a: spoil(resourceFileOf(speaker.hearing)) };
      const { events } = await serialPort({ clip: kitchen, mute: demo.mute, flash });
      expect(events.join('\n')).toContain(`no models: resources_a: ${why}`);
      expect(events.join('\n')).toContain('"pattern":"safeMode"');
      expect(types(events)).not.toContain('wakeWordHeard');
    },
  );

  it('keeps the switch and the ring, and says why, where two models of a sound file are swapped', async () => {
    const { commands, ...words } = speaker.hearing;
    const model = speaker.hearing.wakeWords[0]?.model as Uint8Array;
    const swapped = {
      wakeWords: words.wakeWords.map((word) => ({ ...word, model: commands?.phones.model as Uint8Array })),
      ...(words.embedding ? { embedding: words.embedding } : {}),
      ...(commands ? { commands: { ...commands, phones: { ...commands.phones, model } } } : {}),
    };
    const flash = { resources_a: resourceFileOf(swapped) };
    const { events } = await serialPort({ clip: kitchen, mute: demo.mute, flash });
    expect(events.join('\n')).toMatch(/models that do not fit: wake word jarvis: not a streaming model/);
    expect(events.join('\n')).toContain('"pattern":"safeMode"');
    expect(types(events)).not.toContain('wakeWordHeard');
  });

  it('hears as well where PSRAM is too short for the phone model, and says so', async () => {
    const clip = kitchen.subarray(0, 16_000 * 8);
    const flash = { resources_a: resourceFileOf(speaker.hearing), psram: new Uint8Array(2_000_000) };
    const { events } = await serialPort({ clip, flash });
    const isOfMemory = (line: string) => line.includes('the phone model is read from flash');
    expect(events.filter(isOfMemory).join('\n')).toContain('of PSRAM 2000000 bytes are free in one piece');
    const isHeard = (line: string) => /"(wakeWordHeard|partial|commandHeard)"/.test(line);
    expect(events.filter(isHeard)).toEqual((await replayed(clip, [])).filter(isHeard));
  });

  it('keeps the switch and the ring where flash has no resources at all', async () => {
    const { events } = await serialPort({ clip: silence(1), flash: {} });
    expect(events.join('\n')).toContain('no models: there is no partition for resources');
  });

  it('takes the volume that it was left with', async () => {
    const { events } = await serialPort({ clip: kitchen, stored: { volume: '70' } });
    expect(events.join('\n')).toContain('"volumePercent":70');
  });

  it('takes another sensitivity from the serial port, without a restart', async () => {
    const deafWhenLow = speaker.hearing.wakeWords.map((word) => {
      const never = { ...word.points.low, probabilityCutoff: 1, lookCutoff: 1 };
      return { ...word, points: { ...word.points, low: never } };
    });
    const twice = new Int16Array(2 * kitchen.length);
    twice.set(kitchen);
    twice.set(kitchen, kitchen.length);
    const onceMs = kitchen.length / 16;
    const typed = [
      { atMs: 0, text: 'sensitivity low' },
      { atMs: 1, text: 'sensitivity lower' },
      { atMs: onceMs / 10, text: 'sensitivity normal' },
    ];
    const { lines } = await outcomeOf(
      runFirmware({
        speaker: { ...speaker, hearing: { ...speaker.hearing, wakeWords: deafWhenLow } },
        clip: twice,
        typed,
      }),
    );
    expect(lines).toContain("# sensitivity 'lower': low, normal, high would be right");
    const events = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    const changes = events.filter(({ type }) => type === 'settingsChanged');
    expect(changes.map(({ sensitivity }) => sensitivity)).toEqual(['low', 'normal']);
    const woken = events.filter(({ type }) => type === 'wakeWordHeard').map(({ atMs }) => atMs);
    expect(woken.filter((atMs) => atMs < onceMs)).toEqual([]);
    expect(woken.length).toBeGreaterThan(0);
  });

  it('shows a boot that fails, and restarts by ending with its error', async () => {
    const { preloaded, bundle } = await bundleFirmwareWithClip();
    const { mic, ...board } = speaker.board.configuration;
    const hearing = { wakeWords: [{ name: 'x', model: 'x', points: {}, pronunciations: [] }] };
    const config = { board: { ...board, mic: { ...mic, clip: 'silence' } } };
    const resources_a = writeResourceFile([
      { name: 'hearing.json', kind: 'hearing', bytes: Buffer.from(JSON.stringify(hearing)) },
      { name: 'x', kind: 'grammar', bytes: Buffer.from('no model') },
    ]);
    const files = { silence: clipFile(silence(1)), resources_a };
    const configuration = JSON.stringify({ config, resetReason: 1, stored: {}, lastsMs: 60_000, mute: [] });
    const lines: string[] = [];
    const run = async () => {
      for await (const line of runBundle({ preloaded, bundle, configuration, files })) lines.push(line);
    };
    await expect(run()).rejects.toThrow(/^exception: TypeError/);
    expect(lines.join('\n')).toContain('the boot failed: TypeError');
  });
});
