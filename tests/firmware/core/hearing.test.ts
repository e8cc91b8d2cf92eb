import {
  equip,
  type Hearing,
  type NativeHearing,
  type WakeWord,
  withModels,
} from '../../../firmware/core/hearing';

const point = {
  probabilityCutoff: 0.5,
  slidingWindowSize: 5,
  lookCutoff: 0.1,
  lookLossNats: 1.9,
  unsureLossNats: -3.501,
};
const points = { low: point, normal: { ...point, probabilityCutoff: 1 }, high: { ...point, lookCutoff: 0 } };
const jarvis: WakeWord<string> = {
  name: 'jarvis',
  model: 'jarvis.tflite',
  points,
  pronunciations: [19, 145, 0],
};
const commands = {
  phones: { model: 'phones.tflite', blankPenaltyNats: 2, lookAheadMs: 180, features: 'plain' as const },
  graph: 'home',
};

function given(hearing: Partial<Hearing<string>>): NativeHearing<string> {
  const configure = jest.fn();
  equip({ configure }, hearing);
  expect(configure).toHaveBeenCalledTimes(1);
  return configure.mock.calls[0][0];
}

describe('an ear that is equipped', () => {
  it('is given cutoffs in 65536ths and losses in 256ths of a nat, from the lowest sensitivity on', () => {
    const [word] = given({ wakeWords: [jarvis] }).wakeWords ?? [];
    expect([...new Int32Array(word?.points ?? new ArrayBuffer(0))]).toEqual([
      ...[32_768, 5, 6_554, 486, -896],
      ...[65_536, 5, 6_554, 486, -896],
      ...[32_768, 5, 0, 486, -896],
    ]);
    expect([...new Uint8Array(word?.pronunciations ?? new ArrayBuffer(0))]).toEqual([19, 145, 0]);
  });

  it('is given the models as they are, and nothing of what stays as it is', () => {
    const [word] = given({ wakeWords: [{ ...jarvis, wordVerifier: 'judge' }] }).wakeWords ?? [];
    expect(word).toMatchObject({ name: 'jarvis', model: 'jarvis.tflite', wordVerifier: 'judge' });
    expect(given({ commands })).toEqual({ commands });
    expect(given({ wakeWords: [], embedding: 'embedding.tflite' })).toEqual({
      wakeWords: [],
      embedding: 'embedding.tflite',
    });
  });

  it('is given no pronunciations where nobody knows any', () => {
    const { pronunciations: _, ...unspoken } = jarvis;
    const [word] = given({ wakeWords: [unspoken] }).wakeWords ?? [];
    expect(word?.pronunciations.byteLength).toBe(0);
  });

  it.each([
    ['probabilityCutoff', 1.01],
    ['probabilityCutoff', Number.NaN],
    ['lookCutoff', -0.01],
    ['lookLossNats', 10.1],
    ['unsureLossNats', Number.NaN],
  ])('refuses %s %d, and says of which word and sensitivity', (name, value) => {
    const wrong = { ...jarvis, points: { ...points, high: { ...point, [name]: value } } };
    expect(() => equip({ configure: () => undefined }, { wakeWords: [wrong] })).toThrow(
      new RegExp(`^wake word jarvis, high sensitivity: ${name} is ${value}, but must be `),
    );
  });
});

describe('a hearing with other models', () => {
  it('has each model in its place, and all else as it was', () => {
    const hearing = {
      wakeWords: [jarvis, { ...jarvis, wordVerifier: 'judge' }],
      embedding: 'embedding',
      commands,
    };
    expect(withModels(hearing, (name) => name.toUpperCase())).toEqual({
      wakeWords: [
        { ...jarvis, model: 'JARVIS.TFLITE' },
        { ...jarvis, model: 'JARVIS.TFLITE', wordVerifier: 'JUDGE' },
      ],
      embedding: 'EMBEDDING',
      commands: { phones: { ...commands.phones, model: 'PHONES.TFLITE' }, graph: 'HOME' },
    });
    expect(withModels({}, String)).toEqual({});
  });
});
