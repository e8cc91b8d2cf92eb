import fc from 'fast-check';
import { scoreOf } from '../../../../host-sim/tools/score/count';
import { poissonInterval, wilsonInterval } from '../../../../host-sim/tools/score/interval';
import { differences } from '../../../../host-sim/tools/score/labels';
import { withNoise } from '../../../../host-sim/tools/score/noise';

const tone = (amplitude: number, count: number): Int16Array =>
  Int16Array.from({ length: count }, (_, i) => Math.round(amplitude * Math.sin(i / 5)));

function energyOf(samples: ArrayLike<number>): number {
  return Array.from(samples).reduce((sum, sample) => sum + sample * sample, 0);
}

describe('the interval of a share', () => {
  test('is the one that statistics books give for 90 of 100', () => {
    const [low, high] = wilsonInterval({ count: 90, of: 100 });
    expect(low).toBeCloseTo(0.8256, 4);
    expect(high).toBeCloseTo(0.9448, 4);
  });

  test('holds the share, lies within 0 and 1 and narrows with more recordings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, share) => {
          const count = Math.round(of * share);
          const [low, high] = wilsonInterval({ count, of });
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(count / of).toBeGreaterThanOrEqual(low - 1e-12);
          expect(count / of).toBeLessThanOrEqual(high + 1e-12);
          const [lowOfMore, highOfMore] = wilsonInterval({ count: count * 4, of: of * 4 });
          expect(highOfMore - lowOfMore).toBeLessThan(high - low);
        },
      ),
    );
  });
});

describe('noise mixed into speech', () => {
  test.each([6, 12, 24])('lies %d dB below the loudest part of the speech', (snrDb) => {
    const speech = new Int16Array(16_384);
    speech.set(tone(8000, 4096), 4096);
    const noise = tone(1000, 40_000).map((sample, i) => (i % 2 === 0 ? sample : -sample));
    const mixed = withNoise(speech, noise, snrDb, 7);
    const quiet = energyOf(mixed.subarray(0, 2048));
    const loud = energyOf(mixed.subarray(4096, 6144));
    expect(10 * Math.log10((loud - quiet) / quiet)).toBeCloseTo(snrDb, 0);
  });

  test('is the same for the same seed and begins elsewhere for another', () => {
    const [speech, noise] = [
      tone(8000, 4000),
      Int16Array.from({ length: 90_000 }, (_, i) => (i * 7919) % 2001),
    ];
    expect(withNoise(speech, noise, 10, 3)).toEqual(withNoise(speech, noise, 10, 3));
    expect(withNoise(speech, noise, 10, 3)).not.toEqual(withNoise(speech, noise, 10, 4));
  });

  test('that is shorter than the speech is refused', () => {
    expect(() => withNoise(tone(1, 100), tone(1, 99), 10, 0)).toThrow(/99 samples, the speech 100/);
  });
});

describe('the interval of a count', () => {
  test.each([
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [10, 4.7954, 18.3904],
    [100, 81.3635, 121.6273],
  ])('of %d is the exact one of the tables', (count, low, high) => {
    expect(poissonInterval(count)[0]).toBeCloseTo(low, 2);
    expect(poissonInterval(count)[1]).toBeCloseTo(high, 2);
  });
});

describe('a command against its label', () => {
  const label = { intent: 'orderDrink', slots: { size: 'large', shots: 2 } };

  test('is right only when it is whole', () => {
    expect(
      differences(label, { intent: 'orderDrink', slots: { size: 'large', shots: 2 }, words: '' }),
    ).toEqual([]);
    expect(differences(label, { intent: 'orderDrink', slots: { size: 'large' }, words: '' })).toEqual([
      { name: 'shots', wanted: '2', heard: '' },
    ]);
    const more = { intent: 'cancel', slots: { size: 'large', shots: 2, milk: 'soy' }, words: '' };
    expect(differences(label, more)).toEqual([
      { name: 'intent', wanted: 'orderDrink', heard: 'cancel' },
      { name: 'milk', wanted: '', heard: 'soy' },
    ]);
  });

  test('of words does not mind capitals and punctuation, and minds each word', () => {
    const words = { words: 'whats the time' };
    expect(differences(words, { intent: 'x', slots: {}, words: "What's the time?" })).toEqual([]);
    expect(differences(words, { intent: 'x', slots: {}, words: 'what is the time' })).toMatchObject([
      { name: 'words' },
    ]);
  });
});

describe('a score', () => {
  const label = { intent: 'order', slots: { size: 'large' } };
  const heardAs = (slots: Record<string, string>) => ({ intent: 'order', slots, words: '', confidence: 1 });
  const answers = [
    { path: 'a', label, heard: heardAs({ size: 'large' }) },
    { path: 'b', label, heard: heardAs({ size: 'small' }) },
    { path: 'c', label, heard: heardAs({ size: 'small', milk: 'soy' }) },
    { path: 'd', label, heard: null },
  ];

  test('counts what is right, what was refused, and errors of each slot among those that have it', () => {
    const score = scoreOf(answers);
    expect(score).toMatchObject({ right: 1, refused: 1, of: 4 });
    expect(Object.fromEntries(score.slots)).toEqual({
      intent: { count: 0, of: 3 },
      milk: { count: 1, of: 1 },
      size: { count: 2, of: 3 },
    });
  });

  test('lists what was taken for what, the most frequent first', () => {
    expect(scoreOf(answers).confusions).toEqual([
      { name: 'size', wanted: 'large', heard: 'small', count: 2 },
      { name: 'milk', wanted: '', heard: 'soy', count: 1 },
    ]);
  });
});
