import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWakeWord } from '../../../../host-sim/packages/models';
import { pronunciationBytes, pronunciationsOf } from '../../../../host-sim/packages/pronunciations';
import { ROOT } from '../../../../host-sim/packages/root';
import { bestWithin, outcomeAt, wakes } from '../../../../host-sim/tools/score/look-points';

const MODELS = join(ROOT, 'models');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-points-'));
  writeFileSync(join(folder, 'a.tflite'), Buffer.from('\0\0\0\0TFL3'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function load(earshot: unknown, cutoff = 0.5) {
  const micro = {
    probability_cutoff: cutoff,
    sliding_window_size: 5,
    feature_step_size: 10,
    tensor_arena_size: 9,
  };
  const manifest = { type: 'micro', version: 2, wake_word: 'jarvis', model: 'a.tflite', micro };
  const path = join(folder, 'model.json');
  writeFileSync(path, JSON.stringify(earshot === undefined ? manifest : { ...manifest, earshot }));
  return loadWakeWord(path, MODELS);
}

describe('the points of a wake word', () => {
  test('of a manifest without Earshot’s own fields are its cutoff, the odds doubled and halved', () => {
    const { points, hasMeasuredPoints, pronunciations } = load(undefined, 0.9);
    expect(hasMeasuredPoints).toBe(false);
    expect(pronunciations).toBeUndefined();
    expect(points.normal).toMatchObject({ probabilityCutoff: 0.9, slidingWindowSize: 5, lookCutoff: 0.9 });
    expect(points.low.probabilityCutoff).toBeCloseTo(18 / 19, 9);
    expect(points.high.probabilityCutoff).toBeCloseTo(4.5 / 5.5, 9);
    expect(points.low.lookLossNats).toBeLessThan(points.normal.lookLossNats);
    expect(points.high.lookLossNats).toBeGreaterThan(points.normal.lookLossNats);
  });

  test('are those that were measured, and what they do not name is as at normal', () => {
    const { points, hasMeasuredPoints } = load({
      secondLook: { probability_cutoff: 0.1, loss_nats: 1.9, unsure_loss_nats: 3.5 },
      sensitivity: {
        low: { probability_cutoff: 0.8, secondLook: { loss_nats: 1.4, unsure_loss_nats: 3 } },
        high: { probability_cutoff: 0.2, sliding_window_size: 3 },
      },
    });
    expect(hasMeasuredPoints).toBe(true);
    const look = { lookCutoff: 0.1, lookLossNats: 1.9, unsureLossNats: 3.5 };
    expect(points).toEqual({
      low: { probabilityCutoff: 0.8, slidingWindowSize: 5, ...look, lookLossNats: 1.4, unsureLossNats: 3 },
      normal: { probabilityCutoff: 0.5, slidingWindowSize: 5, ...look },
      high: { probabilityCutoff: 0.2, slidingWindowSize: 3, ...look },
    });
  });

  test.each([
    [
      { secondLook: { unsure_loss_nats: 5 } },
      /unsure_loss_nats is 5; a number from -10 to 4.5 would be right/,
    ],
    [{ secondLook: { loss_nats: 11 } }, /secondLook.loss_nats is 11; a number from -10 to 10 would be right/],
    [{ sensitivity: { low: { sliding_window_size: 0 } } }, /sensitivity.low.sliding_window_size is 0/],
    [{ pronunciations: 'JH AA' }, /earshot.pronunciations is "JH AA"; a list would be right/],
    [{ pronunciations: [['JH', 'QQ']] }, /'QQ' is no phone/],
    [{ pronunciations: [[]] }, /has 0 phones, but must have 1 to 24/],
    [{ pronunciations: Array(5).fill(['AA']) }, /5 pronunciations, but 4 are the most/],
  ])('%j are refused with what would be right', (earshot, message) => {
    expect(() => load(earshot)).toThrow(message);
  });
});

describe('how a wake word is said', () => {
  test('is written with its alternatives marked and each way ended', () => {
    expect([...pronunciationBytes([['AA', 'IH|AH'], ['ZH']], 'test')]).toEqual([1, 17, 0x80 | 3, 0, 39, 0]);
  });

  test('comes from the dictionary, word by word', async () => {
    expect(await pronunciationsOf('Hey Earshot!')).toContainEqual(['HH', 'EY', 'IH', 'R', 'SH', 'AA', 'T']);
  });

  test('is not known when a word would have to be guessed from its letters', async () => {
    expect(await pronunciationsOf('okay nabuqx')).toEqual([]);
    expect(await pronunciationsOf('42')).toEqual([]);
  });
});

describe('what a second look decides', () => {
  const sure = { confidence: 0.9, lossNats: 2.4, wordVerifierNats: 0, talkShare: 0 };
  const unsure = { confidence: 0.2, lossNats: 0.8, wordVerifierNats: 0, talkShare: 0 };
  const heard = (...looks: (typeof sure)[]) => ({ samples: 16_000, looks });

  test('lets the phones lose more the surer the spotter is', () => {
    const point = { lookCutoff: 0.1, lookLossNats: 1.8, unsureLossNats: 3.5 };
    expect(wakes(sure, point)).toBe(true);
    expect(wakes({ ...sure, confidence: 0.5 }, point)).toBe(false);
    expect(wakes(unsure, point)).toBe(true);
    expect(wakes({ ...unsure, lossNats: 1.4 }, point)).toBe(false);
  });

  test('lets the phones lose more the surer the word verifier is', () => {
    const point = { lookCutoff: 0.1, lookLossNats: 1.8, unsureLossNats: 4.5 };
    const lossNats = 1.8 + 3 * (sure.confidence - 0.5) + 2 / 2;
    expect(wakes({ ...sure, lossNats, wordVerifierNats: 2.01 }, point)).toBe(true);
    expect(wakes({ ...sure, lossNats, wordVerifierNats: 1.99 }, point)).toBe(false);
    expect(wakes({ ...sure, wordVerifierNats: -9 }, point)).toBe(false);
  });

  test('lets the phones lose less the more was talked before', () => {
    const point = { lookCutoff: 0.1, lookLossNats: 1.8, unsureLossNats: 3.5 };
    const lossNats = 1.8 + 3 * (sure.confidence - 0.5) - 3.5 / 2;
    expect(wakes({ ...sure, lossNats, talkShare: 0.49 }, point)).toBe(true);
    expect(wakes({ ...sure, lossNats, talkShare: 0.51 }, point)).toBe(false);
  });

  test('lets the phones lose most where the word verifier is sure', () => {
    const point = { lookCutoff: 0.1, lookLossNats: 9, unsureLossNats: 3.5 };
    const sureLook = { ...sure, lossNats: 4.5, wordVerifierNats: 7 };
    expect(wakes(sureLook, point)).toBe(true);
    expect(wakes({ ...sureLook, lossNats: 4.5 + 0.01 }, point)).toBe(false);
    const unsureLook = {
      ...sureLook,
      lossNats: point.unsureLossNats,
      wordVerifierNats: 6.99,
    };
    expect(wakes(unsureLook, point)).toBe(true);
    expect(wakes({ ...unsureLook, lossNats: point.unsureLossNats + 0.01 }, point)).toBe(false);
  });

  test('does not wake where the word verifier is sure that the word was not said', () => {
    const point = { lookCutoff: 0.1, lookLossNats: 4, unsureLossNats: 3.5 };
    const fitting = { ...sure, lossNats: 0 };
    expect(wakes({ ...fitting, wordVerifierNats: -3.5 }, point)).toBe(true);
    expect(wakes({ ...fitting, wordVerifierNats: -3.51 }, point)).toBe(false);
  });

  test('counts each word once and each false wake', () => {
    const point = { lookCutoff: 0.1, lookLossNats: 1.8, unsureLossNats: 3.5 };
    const words = [heard(sure, unsure), heard(), heard({ ...unsure, confidence: 0.05 })];
    expect(outcomeAt(words, [heard(sure, unsure), heard()], point)).toEqual({
      ...point,
      missed: 2,
      falseWakes: 2,
    });
  });

  test('is best where it misses least within the false wakes allowed', () => {
    const outcome = (missed: number, falseWakes: number, lookLossNats = 1) => {
      return { lookCutoff: 0.1, lookLossNats, unsureLossNats: 3.5, missed, falseWakes };
    };
    const all = [outcome(9, 0), outcome(4, 2), outcome(4, 1, 2), outcome(1, 7)];
    expect(bestWithin(all, 2)).toEqual(outcome(4, 1, 2));
    expect(bestWithin([outcome(1, 7)], 2)).toBeUndefined();
  });
});
