import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command as packCommand } from '../../../../host-sim/cli/commands/pack';
import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import {
  firmwareModels,
  pack,
  packedResourceFile,
  resourceFileOf,
} from '../../../../host-sim/packages/firmware-models';
import { operatorsOf } from '../../../../host-sim/packages/model-operators';
import { ROOT } from '../../../../host-sim/packages/root';
import { loadSpeaker } from '../../../../host-sim/packages/speaker';
import { DEFAULT_WAKE_WORD } from '../../../../host-sim/packages/speaker-choice';
import { natives } from '../../../../host-sim/sim/wasm/natives';
import { readResourceFile } from '../../../../host-sim/sim/wasm/read-resources';
import { forgetOwnResources, resourcesToBuild } from '../../../../host-sim/tools/board/own-resources';
import { carriedOut } from '../../cli/command';
import { withoutWordVerifier, withWordVerifier } from '../../sim/verified';

const BY_DEFAULT = { wake: [DEFAULT_WAKE_WORD], board: DEFAULT_BOARD };

test('what the firmware hears with is what a replay hears with (`npm run pack` makes it so)', async () => {
  const speaker = await loadSpeaker(BY_DEFAULT);
  const packed = Object.entries(pack(speaker.hearing));
  expect(packed.map(([path]) => path)).toEqual(['home/home.graph', 'resources.json', 'operators.h']);
  for (const [path, content] of packed) {
    expect([path, readFileSync(join(ROOT, 'models', path)).equals(Buffer.from(content))]).toEqual([
      path,
      true,
    ]);
  }
});

test('what is flashed is what a replay hears with', async () => {
  const { hearing } = await loadSpeaker(BY_DEFAULT);
  const file = packedResourceFile();
  expect(Buffer.from(file).equals(resourceFileOf(hearing))).toBe(true);
  const { resources } = readResourceFile(natives(), file);
  const { configuration, resources: models } = firmwareModels(hearing);
  const [first, ...others] = resources;
  expect(JSON.parse(Buffer.from(first?.bytes ?? []).toString())).toEqual(configuration);
  expect(others.map(({ name, kind }) => [name, kind])).toEqual(
    Object.keys(models).map((name) => [name, name === 'home.graph' ? 'grammar' : 'model']),
  );
  for (const { name, bytes } of others)
    expect(Buffer.from(bytes).equals(models[name] as Uint8Array)).toBe(true);
});

test('a word verifier goes into flash with the speech embedding, and both are named to the firmware', async () => {
  const speaker = await loadSpeaker(BY_DEFAULT);
  const plain = firmwareModels(withoutWordVerifier(speaker.hearing));
  expect(plain.configuration).not.toHaveProperty('embedding');
  const { configuration, resources } = firmwareModels(withWordVerifier(speaker).hearing);
  expect(configuration.embedding).toBe('embedding.tflite');
  for (const { wordVerifier, model } of configuration.wakeWords)
    expect(wordVerifier).toBe(model.replace('.tflite', '-verifier.tflite'));
  expect(Object.keys(resources).sort()).toEqual(
    [
      ...Object.keys(plain.resources),
      ...configuration.wakeWords.map(({ wordVerifier }) => wordVerifier),
      'embedding.tflite',
    ].sort(),
  );
});

test('what a model is made of is read from its file', () => {
  const conv2d = 3;
  const [quantize, callOnce, varHandle, readVariable, assignVariable] = [114, 129, 142, 143, 144];
  const found = operatorsOf(readFileSync(join(ROOT, 'models/phones/phones.tflite')));
  for (const operator of [conv2d, callOnce, varHandle, readVariable, assignVariable])
    expect(found).toContain(operator);
  // the probability of a wake word is a byte without sign, the phone model's logits are not
  expect(found).not.toContain(quantize);
  expect(operatorsOf(readFileSync(join(ROOT, 'models/jarvis/jarvis.tflite')))).toContain(quantize);
});

describe('your own wake words and grammar', () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-pack-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
    forgetOwnResources();
  });

  test('are packed beside what is under version control, and builds take them until they are packed without options', async () => {
    const tracked = ['home/home.graph', 'resources.json', 'operators.h'].map((path) =>
      join(ROOT, 'models', path),
    );
    const before = tracked.map((path) => readFileSync(path, 'utf8'));
    writeFileSync(join(folder, 'own.grammar'), 'brew: brew a coffee\n');
    const words = ['--wake', 'computer', '--grammar', join(folder, 'own.grammar')];
    expect(await carriedOut(packCommand, words)).toMatchObject({ code: 0, problems: [] });
    expect(tracked.map((path) => readFileSync(path, 'utf8'))).toEqual(before);
    const { file, isOwn } = resourcesToBuild();
    expect(isOwn).toBe(true);
    const text = Buffer.from(file).toString('latin1');
    expect(text).toMatch(/"computer\.tflite"/);
    expect(text).toContain('<brew');
    expect(text).not.toContain('<turnOn');
    forgetOwnResources();
    expect(resourcesToBuild().isOwn).toBe(false);
  });
});
