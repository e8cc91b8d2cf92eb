import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_BOARD } from '../../../host-sim/packages/boards';
import { firmwareModels, packedResourceFile } from '../../../host-sim/packages/firmware-models';
import { writeResourceFile } from '../../../host-sim/packages/resource-file';
import { loadHearing } from '../../../host-sim/packages/speaker';
import { loadChosenSpeaker } from '../../../host-sim/sim/flashed-speaker';
import { run } from '../cli/command';

const folder = mkdtempSync(join(tmpdir(), 'earshot-resources-'));
const path = join(folder, 'resources.bin');
afterAll(() => rmSync(folder, { recursive: true }));

const load = () => loadChosenSpeaker({ wake: [], board: DEFAULT_BOARD, resources: path });

test('a speaker of the file that is flashed hears with the models that are packed, and keeps the very file', async () => {
  const file = packedResourceFile();
  writeFileSync(path, file);
  const speaker = await load();
  expect(firmwareModels(speaker.hearing)).toEqual(firmwareModels(await loadHearing(['jarvis'], undefined)));
  expect(Buffer.from(speaker.resourceFile ?? []).equals(Buffer.from(file))).toBe(true);
});

test.each([
  ['damaged', (file: Uint8Array) => file.fill(0xff, 5_000, 5_100), 'jarvis.tflite is damaged; what npm run'],
  ['cut', (file: Uint8Array) => file.subarray(0, 100_000), 'it is cut: it has'],
  ['something else', () => Buffer.from('RIFF'.repeat(100)), 'nothing is there that begins with EARSHOTR'],
])('a file that is %s is refused by its name', async (_, spoil, why) => {
  writeFileSync(path, spoil(packedResourceFile()));
  await expect(load()).rejects.toThrow(`${path}: ${why}`);
});

test('a file that lacks what its hearing names is refused by that name', async () => {
  const hearing = { wakeWords: [{ name: 'x', model: 'x.tflite', points: {} }] };
  const bytes = Buffer.from(JSON.stringify(hearing));
  writeFileSync(path, writeResourceFile([{ name: 'hearing.json', kind: 'hearing', bytes }]));
  await expect(load()).rejects.toThrow(`${path}: there is no resource 'x.tflite' in it`);
});

test('replay takes it in place of wake words and grammar, not beside them', () => {
  writeFileSync(path, packedResourceFile());
  const { code, problems } = run(['replay', '--demo', '--resources', path, '--wake', 'jarvis']);
  expect(code).toBe(2);
  expect(problems[0]).toContain("'--resources <file>' cannot be used with option '--wake <name>'");
});
