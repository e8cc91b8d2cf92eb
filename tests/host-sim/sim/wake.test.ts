import type { EarEvent } from '../../../firmware/core/ear-events';
import type { Cue } from '../../../firmware/core/ports';
import type { Guard, Sensitivity } from '../../../firmware/core/wake-points';
import { CUE_MS } from '../../../firmware/fallbacks/timed-cues';
import { DEFAULT_BOARD } from '../../../host-sim/packages/boards';
import { pronunciationBytes } from '../../../host-sim/packages/pronunciations';
import { type LoadedSpeaker, loadSpeaker } from '../../../host-sim/packages/speaker';
import { withSilence } from '../../../host-sim/sim/audio/recording';
import { HOP_SAMPLES } from '../../../host-sim/sim/session';
import { Machine } from '../../../host-sim/sim/wasm/machine';
import { createEar, natives } from '../../../host-sim/sim/wasm/natives';
import type { WasmEar } from '../../../host-sim/sim/wasm/wasm-ear';
import { demoRecording } from '../../../host-sim/tools/replay/recordings/demo';
import { inRoom, ROOMS } from '../../../host-sim/tools/score/rooms';

const RATE = 16_000;
/** In the bundled recording the word begins and ends about here; see recordings/README.md. */
const JARVIS_SECONDS = [2.2, 2.9] as const;
const CUES = Object.keys(CUE_MS) as Cue[];
let speaker: LoadedSpeaker;

beforeAll(async () => {
  speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
});

/** The refrigerator, in which the front end settles, then "jarvis". */
function jarvis(): Int16Array {
  return demoRecording().slice(0, 3.3 * RATE);
}

function eventsOf(ear: WasmEar, onHop: (sample: number) => void = () => undefined): EarEvent[] {
  const events: EarEvent[] = [];
  for (let sample = 0; ; sample += HOP_SAMPLES) {
    onHop(sample);
    if (ear.hear(HOP_SAMPLES) === 0) return events;
    for (let text = ear.takeEvent(); text !== undefined; text = ear.takeEvent())
      events.push(JSON.parse(text) as EarEvent);
  }
}

function typesOf(events: readonly EarEvent[]): string[] {
  return events.map(({ type }) => type);
}

describe('the second look', () => {
  test('wakes on the word and tells where it ended', () => {
    const events = eventsOf(createEar(speaker.hearing, jarvis()));
    const wakes = events.filter((event) => event.type === 'wakeWordHeard');
    expect(wakes).toHaveLength(1);
    const { sample, endSample, lossNats } = wakes[0] as Extract<EarEvent, { type: 'wakeWordHeard' }>;
    expect(lossNats).toBeLessThanOrEqual(4.5); // as much as the word verifier and the wake model can forgive
    expect(endSample).toBeLessThan(sample);
    expect(Math.abs((endSample as number) / RATE - JARVIS_SECONDS[1])).toBeLessThan(0.15);
  });

  test('vetoes what the spotter takes for the word when its phones were not said', () => {
    const pronunciations = pronunciationBytes([['B', 'UW', 'M', 'ER', 'AE', 'NG']], 'test');
    const wakeWords = speaker.hearing.wakeWords.map((word) => ({ ...word, pronunciations }));
    const events = eventsOf(createEar({ ...speaker.hearing, wakeWords }, withSilence(jarvis(), 1500)));
    expect(typesOf(events)).not.toContain('wakeWordHeard');
    const misses = events.filter((event) => event.type === 'nearMiss');
    expect(misses).toContainEqual(expect.objectContaining({ word: 'jarvis', reason: 'vetoed' }));
    const surest = misses.reduce((best, miss) => (miss.confidence > best.confidence ? miss : best));
    expect(surest.confidence).toBeGreaterThan(0.8);
    expect(surest.levelDb).toBeLessThan(0);
  });

  test.each(['no phone model', 'no pronunciations'])('leaves it to the spotter when there is %s', (lack) => {
    const { commands, ...words } = speaker.hearing;
    expect(commands).toBeDefined();
    const wakeWords = words.wakeWords.map((word) => ({ ...word, pronunciations: [] }));
    const hearing = lack === 'no phone model' ? words : { ...speaker.hearing, wakeWords };
    const wakes = eventsOf(createEar(hearing, jarvis())).filter((event) => event.type === 'wakeWordHeard');
    expect(wakes).toEqual([
      { type: 'wakeWordHeard', sample: expect.any(Number), word: 'jarvis', confidence: expect.any(Number) },
    ]);
  });
});

describe('sensitivity', () => {
  function wakesAt(sensitivity: Sensitivity): boolean {
    const wakeWords = speaker.hearing.wakeWords.map((word) => {
      const { low, normal, high } = word.points;
      const points = {
        low: { ...low, lookLossNats: -10 }, // nothing loses less than nothing, whatever the word verifier says
        normal: { ...normal, lookLossNats: -10 },
        high: { ...high, lookLossNats: 3 },
      };
      return { ...word, points };
    });
    const ear = createEar({ ...speaker.hearing, wakeWords }, jarvis());
    ear.setSensitivity(sensitivity);
    return typesOf(eventsOf(ear)).includes('wakeWordHeard');
  }

  test('chooses among the points of a wake word', () => {
    expect([wakesAt('low'), wakesAt('normal'), wakesAt('high')]).toEqual([false, false, true]);
  });

  test('of another name is refused', () => {
    const ear = createEar(speaker.hearing);
    expect(() => ear.setSensitivity('extreme' as Sensitivity)).toThrow("the ear knows no 'extreme'");
  });
});

describe('the guard', () => {
  function wakesUnder(guard: Guard, fromSample: number, untilSample: number): boolean {
    const ear = createEar(speaker.hearing, jarvis());
    const events = eventsOf(ear, (sample) => {
      if (sample === fromSample) ear.setGuard(guard);
      if (sample === untilSample) ear.setGuard('unguarded');
    });
    return typesOf(events).includes('wakeWordHeard');
  }

  test('lets nothing wake while it is closed, and for 300 ms after', () => {
    expect(wakesUnder('closed', 2 * RATE, 4 * RATE)).toBe(false);
    expect(wakesUnder('closed', 1.6 * RATE, 3.1 * RATE)).toBe(false);
  });

  test('is over 300 ms after it was lifted', () => {
    expect(wakesUnder('closed', 1 * RATE, 2 * RATE)).toBe(true);
  });

  test('ends by itself when nobody lifts it', () => {
    expect(wakesUnder('closed', 0.3 * RATE, 9 * RATE)).toBe(true);
  });

  test('lets a clear call through while a timer rings', () => {
    const rung = mixed(jarvis(), cue('timer', 25), 1.9 * RATE);
    const ear = createEar(speaker.hearing, rung);
    const events = eventsOf(ear, (sample) => {
      if (sample === 1.9 * RATE) ear.setGuard('guarded');
    });
    expect(typesOf(events)).toContain('wakeWordHeard');
  });
});

describe('the speaker’s own cues', () => {
  test.each(CUES)('%s, in a room, does not wake it, even unguarded and at high sensitivity', (name) => {
    const loud = inRoom(withSilence(new Int16Array([...quiet(1.5), ...cue(name, 100)]), 1000), room());
    const ear = createEar(speaker.hearing, loud);
    ear.setSensitivity('high');
    expect(typesOf(eventsOf(ear))).not.toContain('wakeWordHeard');
  });

  test.each(CUES)('%s sounds as long as its stand-in takes', (name) => {
    expect(cue(name, 50)).toHaveLength((CUE_MS[name] * RATE) / 1000);
  });
});

/** The refrigerator of the bundled recording. */
function quiet(seconds: number): Int16Array {
  return demoRecording().subarray(0, seconds * RATE);
}

function room(): (typeof ROOMS)[number] {
  return ROOMS[ROOMS.length - 1] as (typeof ROOMS)[number];
}

/** What the loudspeaker plays. */
function cue(name: Cue, volumePercent: number): Int16Array {
  const machine = new Machine(natives());
  const self = machine.allocate(machine.native('cue_bytes')());
  const number = machine.native('cue_of_name')(machine.placeText(name));
  if (machine.native('cue_init')(self, number, RATE, volumePercent) === 0) throw new Error(`no cue ${name}`);
  const samples = machine.allocate(4 * RATE);
  const count = machine.native('cue_render')(self, samples, 2 * RATE);
  return machine.samples(samples, count).slice();
}

function mixed(one: Int16Array, other: Int16Array, at: number): Int16Array {
  return one.map((sample, i) => {
    const sum = sample + (i >= at ? (other[i - at] ?? 0) : 0);
    return Math.max(-32_768, Math.min(32_767, sum));
  });
}
