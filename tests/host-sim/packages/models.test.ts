import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBoard } from '../../../host-sim/packages/boards';
import { loadEmbedding, loadPhones, loadWakeWord, modelNames } from '../../../host-sim/packages/models';

const MICRO = {
  probability_cutoff: 0.97,
  sliding_window_size: 5,
  feature_step_size: 10,
  tensor_arena_size: 22_860,
};
const WAKE = {
  type: 'micro',
  wake_word: 'Hey Jarvis',
  model: 'net.tflite',
  version: 2,
  author: 'somebody',
  micro: MICRO,
};
const PHONES = {
  type: 'phones',
  model: 'net.tflite',
  phones: ['AA', 'AE'],
  frameStepMs: 30,
  lookAheadMs: 120,
  blankPenalty: 2.5,
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-models-'));
  put('hey', WAKE);
  put('phones', PHONES);
});

afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, manifest: unknown, network = 'xxxxTFL3network'): string {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, name, 'model.json'),
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  );
  writeFileSync(join(folder, name, 'net.tflite'), network);
  return join(folder, name, 'model.json');
}

describe('a wake word', () => {
  test('is loaded by its name, its folder or its manifest', () => {
    const model = loadWakeWord('hey', folder);
    expect(model).toMatchObject({
      name: 'Hey Jarvis',
      points: { normal: { probabilityCutoff: 0.97, slidingWindowSize: 5 } },
      featureStepMs: 10,
    });
    expect(Buffer.from(model.model).toString()).toBe('xxxxTFL3network');
    expect(loadWakeWord(join(folder, 'hey'), folder)).toEqual(model);
    expect(loadWakeWord(join(folder, 'hey', 'model.json'), folder)).toEqual(model);
  });

  test('that is unknown is refused with the names that there are', () => {
    expect(() => loadWakeWord('alexa', folder)).toThrow(/no model 'alexa': there is hey in /);
    expect(modelNames(folder, 'micro')).toEqual(['hey']);
  });

  test.each([
    ['not JSON', '{"type": "micro"', /not JSON/],
    ['no object', '[]', /not a JSON object/],
    ['of another type', PHONES, /: type is "phones"; "micro" is needed/],
    ['of version 1', { ...WAKE, version: 1 }, /: version must be 2/],
    ['without a word', { ...WAKE, wake_word: '' }, /: wake_word is ""; some text would be right/],
    ['without settings', { ...WAKE, micro: undefined }, /: micro is missing/],
    [
      'with a cutoff in percent',
      { ...WAKE, micro: { ...MICRO, probability_cutoff: 97 } },
      /: micro\.probability_cutoff is 97; a number from 0 to 1 would be right/,
    ],
    [
      'with half a window',
      { ...WAKE, micro: { ...MICRO, sliding_window_size: 2.5 } },
      /: micro\.sliding_window_size is 2\.5; a whole number from 1 to 32 would be right/,
    ],
    [
      'with a slip of the pen in what is ours',
      { ...WAKE, earshot: { secondLok: { loss_nats: 2 } } },
      /: earshot\.secondLok is unknown; pronunciations, verifier, secondLook, sensitivity are known/,
    ],
    ['whose network is not there', { ...WAKE, model: 'other.tflite' }, /other\.tflite/],
  ])('with a manifest that is %s is refused, naming file and field', (_name, manifest, message) => {
    const path = put('wrong', manifest);
    expect(() => loadWakeWord(path, folder)).toThrow(
      expect.objectContaining({ name: 'Problem', message: expect.stringMatching(message) }),
    );
    expect(() => loadWakeWord(path, folder)).toThrow(/wrong/);
  });

  test('whose network is something else is refused', () => {
    expect(() => loadWakeWord(put('wrong', WAKE, 'GIF89a'), folder)).toThrow(
      /net\.tflite: not a TFLite model/,
    );
  });
});

describe('a word verifier', () => {
  const JUDGED = { ...WAKE, earshot: { verifier: 'judge.tflite' } };
  const EMBEDDING = { type: 'embedding', model: 'net.tflite' };
  let path: string;

  beforeEach(() => {
    path = put('judged', JUDGED);
    writeFileSync(join(folder, 'judged', 'judge.tflite'), 'xxxxTFL3judge');
    put('embedding', EMBEDDING, 'xxxxTFL3embedding');
  });

  afterEach(() => {
    for (const name of ['judged', 'embedding']) rmSync(join(folder, name), { recursive: true, force: true });
  });

  test('is loaded with the speech embedding that it listens to', () => {
    const { wordVerifier } = loadWakeWord(path, folder);
    expect(Buffer.from(wordVerifier ?? []).toString()).toBe('xxxxTFL3judge');
    expect(Buffer.from(loadEmbedding(folder)).toString()).toBe('xxxxTFL3embedding');
  });

  test('belongs to the words that name one', () => {
    expect(loadWakeWord('hey', folder).wordVerifier).toBeUndefined();
  });

  test('without an embedding is refused, both named', () => {
    rmSync(join(folder, 'embedding'), { recursive: true });
    expect(() => loadWakeWord(path, folder)).toThrow(
      /judged\/model\.json: the word verifier judge\.tflite listens to a speech embedding, but there is no .*embedding\/model\.json/,
    );
  });

  test.each([
    ['that is not there', { verifier: 'gone.tflite' }, /the network it names is not there: .*gone\.tflite/],
    ['that is no network', { verifier: 'model.json' }, /judged\/model\.json: not a TFLite model/],
    ['of no name', { verifier: 7 }, /: earshot\.verifier is 7; some text would be right/],
  ])('%s is refused', (_name, earshot, message) => {
    expect(() => loadWakeWord(put('judged', { ...WAKE, earshot }), folder)).toThrow(message);
  });

  test('whose embedding is another kind of model is refused', () => {
    put('embedding', PHONES);
    expect(() => loadEmbedding(folder)).toThrow(/: type is "phones"; "embedding" is needed/);
  });
});

describe('the phone model', () => {
  test('is loaded with what the decoder needs to know', () => {
    expect(loadPhones('phones', folder)).toMatchObject({
      phones: ['AA', 'AE'],
      frameStepMs: 30,
      lookAheadMs: 120,
      blankPenaltyNats: 2.5,
      features: 'noise-reduced',
    });
  });

  test('says what it was taught to hear', () => {
    const path = put('plain', { ...PHONES, features: 'plain' });
    expect(loadPhones(path, folder).features).toBe('plain');
  });

  test.each([
    [{ ...PHONES, phones: [] }, /: phones is \[\]; a list of some would be right/],
    [{ ...PHONES, frameStepMs: '30' }, /: frameStepMs is "30"; a whole number from 10 to 120 would be right/],
    [{ ...PHONES, features: 'raw' }, /: features is "raw"; noise-reduced or plain would be right/],
  ])('with a wrong field is refused', (manifest, message) => {
    expect(() => loadPhones(put('wrong', manifest), folder)).toThrow(message);
  });
});

describe('a board', () => {
  const boards = join(__dirname, '../../../boards');

  test('tells how many LEDs its ring has', () => {
    expect(loadBoard('esp32-s3-devkitc', boards)).toMatchObject({ name: 'esp32-s3-devkitc', ringPixels: 12 });
    expect(loadBoard('respeaker-lite', boards).ringPixels).toBe(1);
  });

  test.each(['pi', '../boards/esp32-s3-devkitc', ''])(
    '%j is refused with the boards that there are',
    (name) => {
      expect(() => loadBoard(name, boards)).toThrow(/there is .*esp32-s3-devkitc/);
    },
  );
});
