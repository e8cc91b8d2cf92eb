import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseEarEvent } from '../../../../firmware/core/ear-events';
import { SENSITIVITIES } from '../../../../firmware/core/wake-points';
import { loadWakeWord, type WakeWordModel } from '../../../../host-sim/packages/models';
import { hearingOf, type LoadedHearing, loadHearing } from '../../../../host-sim/packages/speaker';
import { createEar } from '../../../../host-sim/sim/wasm/natives';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import {
  type Condition,
  inCondition,
  nameOf,
  talkConditionsOf,
} from '../../../../host-sim/tools/score/conditions';
import { convolve } from '../../../../host-sim/tools/score/convolve';
import { curveOf, pointAt, pointFor } from '../../../../host-sim/tools/score/curve';
import { detPicture } from '../../../../host-sim/tools/score/det-picture';
import { loudestFrame } from '../../../../host-sim/tools/score/noise';
import { References } from '../../../../host-sim/tools/score/references';
import { inRoom, ROOMS, responseOf } from '../../../../host-sim/tools/score/rooms';
import { recordingsIn, talkIn } from '../../../../host-sim/tools/score/sounds';
import { SpeakerProbe } from '../../../../host-sim/tools/score/speaker-probe';
import { afterTalk } from '../../../../host-sim/tools/score/talk';
import { peakOf, type Track, trackFrom, wakesOf } from '../../../../host-sim/tools/score/track';
import { WakeProbe } from '../../../../host-sim/tools/score/wake-probe';
import { wordEnd } from '../../../../host-sim/tools/score/word-end';

const ROOT = join(__dirname, '../../../..');
const jarvis = loadWakeWord('jarvis', join(ROOT, 'models'));

const NOTHING_HEARD = {
  sets: [],
  falseWakes: 0,
  falseWakesAlone: 0,
  sensitivities: [],
  latenciesMs: [],
  missedFiles: [],
  falseFiles: [],
};

function wordOf({ wakeWords }: LoadedHearing): WakeWordModel {
  return wakeWords[0] as WakeWordModel;
}

function trackOf(...chances: number[]): Track {
  return { chances: Float32Array.from(chances), firstSample: 800, stepSamples: 480 };
}

describe('a track of chances', () => {
  const recording = demoRecording();
  const [track] = new WakeProbe([jarvis]).hear(recording) as [Track];

  test.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.97])(
    'wakes at cutoff %d at the very samples at which the ear wakes',
    (cutoff) => {
      const normal = { ...jarvis.points.normal, probabilityCutoff: cutoff };
      const word = { ...jarvis, points: { ...jarvis.points, normal } };
      const ear = createEar(hearingOf([word], undefined), recording);
      const heard: number[] = [];
      while (ear.hear(160) > 0) {
        for (let text = ear.takeEvent(); text !== undefined; text = ear.takeEvent()) {
          const event = parseEarEvent(text);
          if (event.type === 'wakeWordHeard') heard.push(event.sample);
        }
      }
      expect(heard.length).toBeGreaterThan(0);
      expect(wakesOf(track, { cutoff, window: jarvis.points.normal.slidingWindowSize })).toEqual(heard);
    },
  );

  test('does not depend on what was heard before, nor on other models beside it', () => {
    const probe = new WakeProbe([jarvis, jarvis]);
    probe.hear(recording.subarray(100_000, 200_000));
    expect(probe.hear(recording)).toEqual([track, track]);
  });

  test('wakes exactly where its peak lies above the cutoff', () => {
    const chance = fc.integer({ min: 0, max: 255 }).map((byte) => byte / 256);
    fc.assert(
      fc.property(
        fc.array(chance, { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        chance,
        (chances, window, cutoff) => {
          const any = trackOf(...chances);
          expect(wakesOf(any, { cutoff, window }).length > 0).toBe(peakOf(any, window) > cutoff);
        },
      ),
    );
  });

  test('of one long high wakes again only after two seconds', () => {
    const high = trackOf(...new Array(150).fill(0.9));
    expect(wakesOf(high, { cutoff: 0.5, window: 3 })).toEqual([1760, 33_920, 66_080]);
  });
});

describe('the whole speaker', () => {
  const recording = demoRecording();
  const pieces = [0, 80_000, 150_000, 300_000].map((from) => recording.subarray(from, from + 130_000));

  test.each(['low', 'normal', 'high'] as const)(
    'at %s sensitivity wakes as a new ear would, and skips only what cannot wake it',
    async (sensitivity) => {
      const hearing = await loadHearing(['jarvis'], undefined);
      const model = wordOf(hearing);
      const speaker = new SpeakerProbe(model, hearing);
      const probe = new WakeProbe([model]);
      const wakes = pieces.map((pcm) => speaker.wakes(pcm, probe.hear(pcm)[0] as Track, sensitivity));
      const fresh = pieces.map((pcm) => {
        return new SpeakerProbe(model, hearing).wakes(pcm, trackOf(...new Array(40).fill(1)), sensitivity);
      });
      expect(wakes).toEqual(fresh);
      expect(wakes.flat().length).toBeGreaterThan(0);
    },
  );

  test('at several sensitivities wakes as at each, and is played no more often than needed', async () => {
    const hearing = await loadHearing(['jarvis'], undefined);
    const model = wordOf(hearing);
    const hopeless = { ...model.points.normal, lookLossNats: -10 };
    const speakers = [model, { ...model, points: { ...model.points, normal: hopeless, low: hopeless } }].map(
      (each) => new SpeakerProbe(each, hearing),
    );
    const probe = new WakeProbe([model]);
    const counts = speakers.flatMap((speaker) => {
      const played = jest.spyOn(speaker, 'wakes');
      return [new Int16Array(40_000), ...pieces].map((pcm) => {
        const track = probe.hear(pcm)[0] as Track;
        const alone = SENSITIVITIES.map((each) => speaker.wakes(pcm, track, each));
        played.mockClear();
        expect(speaker.wakesAt(pcm, track, SENSITIVITIES)).toEqual(alone);
        return played.mock.calls.length;
      });
    });
    expect(new Set(counts)).toEqual(new Set([1, 2, 3]));
  });
});

describe('the curve', () => {
  const positives = [trackOf(0.9), trackOf(0.6), trackOf(0.2)];
  const negatives = [trackOf(0.7), trackOf(0.1), trackOf(0.1)];
  const curve = curveOf(positives, negatives, 1);

  test('holds misses and false wakes at every cutoff', () => {
    expect(pointFor(curve, 0.05)).toMatchObject({ missed: 0, falseWakes: 3 });
    expect(pointFor(curve, 0.5)).toMatchObject({ missed: 1, falseWakes: 1 });
    expect(pointFor(curve, 0.8)).toMatchObject({ missed: 2, falseWakes: 0 });
    expect(pointFor(curve, 0.95)).toMatchObject({ missed: 3, falseWakes: 0 });
  });

  test('gives the fewest misses within a bound on false wakes', () => {
    expect(pointAt(curve, 0)).toMatchObject({ missed: 2, falseWakes: 0 });
    expect(pointAt(curve, 1)).toMatchObject({ missed: 0, falseWakes: 1 });
    expect(pointAt(curve, 1)?.cutoff).toBeCloseTo(0.1, 2);
  });

  test('is drawn with a line and a ring for each condition', () => {
    const model = { kind: 'reference', name: 'a <b>', word: 'a', cutoff: 0.5, window: 1 } as const;
    const share = { count: 1, of: 3 };
    const condition = (name: string) => {
      return { name, kind: 'clean' as const, missed: share, missedAlone: share, curve };
    };
    const afterTalk = { ...condition('after talk, clean'), kind: 'talk' as const };
    const conditions = [condition('clean'), condition('tap 10 dB'), afterTalk];
    const picture = detPicture([{ ...NOTHING_HEARD, model, conditions, hours: 2 }]);
    expect(picture.match(/<polyline/g)).toHaveLength(2);
    expect(picture.match(/<circle/g)).toHaveLength(2);
    expect(picture).toContain('a b, tap 10 dB');
  });

  test('grows with what its legend names', () => {
    const model = { kind: 'reference', name: 'a', word: 'a', cutoff: 0.5, window: 1 } as const;
    const share = { count: 1, of: 3 };
    const conditions = Array.from({ length: 40 }, (_, index) => {
      return { name: `room ${index}`, kind: 'clean' as const, missed: share, missedAlone: share, curve };
    });
    const picture = detPicture([{ ...NOTHING_HEARD, model, conditions, hours: 2 }]);
    const height = Number(/viewBox="0 0 860 (\d+)"/.exec(picture)?.[1]);
    const lowest = Math.max(...[...picture.matchAll(/<text x="652" y="(\d+)"/g)].map(([, y]) => Number(y)));
    expect(lowest).toBeGreaterThan(560);
    expect(lowest).toBeLessThan(height);
  });
});

describe('after talk', () => {
  const talk = demoRecording();
  const word = Int16Array.from({ length: 20_000 }, (_, i) => 3000 * Math.sin(i * 0.2));

  test('a recording ends as it was, and what came before is as loud', () => {
    const both = afterTalk(word, talk);
    expect(both.length).toBe(12 * 16_000 + word.length);
    expect(both.subarray(-word.length)).toEqual(word);
    const before = loudestFrame(both.subarray(0, -word.length));
    expect(before / loudestFrame(word)).toBeCloseTo(1, 2);
  });

  test('nothing is cut off where talk has higher peaks than the recording', () => {
    const clicks = Int16Array.from({ length: 20_000 }, (_, i) => (i % 1000 === 0 ? 20_000 : 0));
    const loud = Int16Array.from(word, (sample) => sample * 6);
    const both = afterTalk(loud, clicks);
    const peak = both.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBe(32_767);
    expect(loudestFrame(both.subarray(0, clicks.length)) / loudestFrame(both)).toBeCloseTo(1, 2);
  });

  test('of the talk every recording is another, from all over it', () => {
    const folder = join(ROOT, 'host-sim/tools/replay/recordings');
    expect(talkIn([])).toEqual([]);
    expect(talkIn([folder])).toEqual(recordingsIn([folder]));
    const conditions = talkConditionsOf(['a.wav', 'b.wav'], ['tap.flac'], [10, 5]);
    expect(conditions.map(nameOf)).toEqual([
      'after talk, clean',
      'after talk, tap 10 dB',
      'after talk, tap 5 dB',
    ]);
    const sounds = new Map([
      ['a.wav', talk],
      ['b.wav', talk.subarray(0, 50_000)],
    ]);
    const lengths = [0, 1, 2].map(
      (seed) => inCondition(word, conditions[0] as Condition, sounds, seed).length - word.length,
    );
    expect(lengths).toEqual([192_000, 50_000, 192_000]);
  });

  test('what a model says of the recording is counted from its beginning', () => {
    const track = trackOf(0.9, 0.1, 0.2, 0.3);
    expect(trackFrom(track, 0)).toEqual(track);
    expect(trackFrom(track, 801)).toMatchObject({ firstSample: 479, stepSamples: 480 });
    expect(trackFrom(track, 1280).chances).toEqual(track.chances.subarray(1));
    expect(trackFrom(track, 1281).chances).toEqual(track.chances.subarray(2));
  });
});

describe('a simulated room', () => {
  test('is convolved as sums over all pairs would be', () => {
    const samples = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(samples, samples, (signal, response) => {
        const expected = new Array(signal.length + response.length - 1).fill(0);
        for (const [i, a] of signal.entries())
          for (const [j, b] of response.entries()) expected[i + j] += a * b;
        const found = convolve(signal, response);
        expect(found).toHaveLength(expected.length);
        const errors = Array.from(found, (value, i) => Math.abs(value - expected[i]));
        expect(Math.max(...errors)).toBeLessThan(1e-4);
      }),
    );
  });

  test.each(ROOMS)('$name: echoes fall by 60 dB in the time it names, within a fifth', (place) => {
    const response = responseOf(place);
    expect(response[0]).toBe(1);
    const decay = energyLeft(response);
    const at = (db: number): number => decay.findIndex((value) => value < db);
    const seconds = ((at(-25) - at(-5)) / 16_000) * 3;
    expect(seconds / place.reverberationSeconds).toBeGreaterThan(0.8);
    expect(seconds / place.reverberationSeconds).toBeLessThan(1.2);
  });

  test('gives a recording of the same length, the same each time', () => {
    const pcm = demoRecording().subarray(0, 20_000);
    const heard = inRoom(pcm, ROOMS[1] as (typeof ROOMS)[number]);
    expect(heard).toHaveLength(pcm.length);
    expect(heard).toEqual(inRoom(pcm, ROOMS[1] as (typeof ROOMS)[number]));
    expect(heard).not.toEqual(pcm);
  });
});

/** In dB of all: Schroeder's backward integration. */
function energyLeft(response: Float64Array): number[] {
  const left = Array.from(response, (value) => value * value);
  for (let i = left.length - 2; i >= 0; i--) left[i] = (left[i] as number) + (left[i + 1] as number);
  return left.map((value) => 10 * Math.log10(value / (left[0] as number)));
}

describe('the end of a word', () => {
  test('is where its sound ends, in silence or in quiet noise', () => {
    const noise = (i: number): number => ((i * 7919) % 41) - 20;
    const speech = (i: number): number => (i > 8000 && i < 20_000 ? 6000 * Math.sin(i / 7) : 0);
    for (const quiet of [() => 0, noise]) {
      const pcm = Int16Array.from({ length: 32_000 }, (_, i) => speech(i) + quiet(i));
      expect(Math.abs(wordEnd(pcm) - 20_000)).toBeLessThan(640);
    }
  });

  test('is the recording’s when it goes on to the last sample', () => {
    expect(wordEnd(Int16Array.from({ length: 8000 }, (_, i) => 6000 * Math.sin(i / 7)))).toBe(8000);
  });
});

const library = join(ROOT, '.venv/lib');
const packages = existsSync(library)
  ? readdirSync(library).map((name) => join(library, name, 'site-packages/pymicro_wakeword/models'))
  : [];
const wheel = packages.find((path) => existsSync(path));
const wheelTest = wheel === undefined ? test.skip : test;
if (wheel === undefined) console.warn('skipped: pymicro-wakeword is not in .venv, nothing to compare with');

wheelTest(
  'the four models of pymicro-wakeword, dropped in, say what they say in their own package',
  async () => {
    const names = ['alexa', 'hey_jarvis', 'okay_nabu', 'hey_mycroft'];
    const ours = new WakeProbe(
      names.map((name) => loadWakeWord(join(wheel as string, `${name}.json`), ROOT)),
    );
    const references = new References(
      names.map((name) => ({ name: `pymicro:${name}`, word: name, cutoff: 0.9, window: 5 })),
    );
    const recording = demoRecording();
    const theirs = await references.hear(recording);
    references.close();
    ours.hear(recording).forEach((track, index) => {
      // the packages' own code does not wait until a model has warmed up
      const other = trackFrom(theirs[index] as Track, track.firstSample);
      expect({ ...track, firstSample: 0, chances: track.chances.length }).toEqual({
        ...other,
        chances: other.chances.length,
      });
      // TensorFlow Lite's kernels for laptops round otherwise than those for microcontrollers, on steep slopes visibly
      const steps = Array.from(
        track.chances,
        (chance, i) => Math.abs(chance - (other.chances[i] as number)) * 256,
      );
      expect(Math.max(...steps)).toBeLessThanOrEqual(12);
      expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeLessThan(0.1);
    });
  },
  300_000, // Python opens four models
);
