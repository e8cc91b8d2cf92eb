import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workOf } from '../../../../host-sim/packages/model-work';
import { ROOT } from '../../../../host-sim/packages/root';
import {
  coreLoadTable,
  cyclesOf,
  type EarParts,
  earLoad,
  total,
} from '../../../../host-sim/tools/board/core-load';

const model = (path: string) => new Uint8Array(readFileSync(join(ROOT, 'models', `${path}.tflite`)));
const words = ['jarvis', 'computer', 'hey-earshot', 'snowboy'];
const earOf = (word: string): EarParts => ({
  wakeModel: model(`${word}/${word}`),
  phones: model('phones/phones'),
  embedding: model('embedding/embedding'),
  verifier: model(`${word}/${word}-verifier`),
});

const idle = {
  pointwise: 0,
  convolution: 0,
  depthwise: 0,
  fullyConnected: 0,
  elementwise: 0,
  copied: 0,
  weightBytes: 0,
};

test('a model’s work is read from its layers: each weight of a streaming one is used once a run, or so', () => {
  const phones = workOf(model('phones/phones'));
  const sums = phones.pointwise + phones.convolution + phones.depthwise + phones.fullyConnected;
  expect(sums).toBe(phones.weightBytes);
  // biases, scales and names are no weights
  expect(phones.weightBytes).toBeLessThan(model('phones/phones').length);
  expect(phones.weightBytes).toBeGreaterThan(model('phones/phones').length / 2);
});

test('a core reads weights while it reckons, at best, or waits for them', () => {
  const work = { ...idle, pointwise: 1_000_000 };
  const [least, most] = cyclesOf(work, 'flash');
  expect(most).toBeGreaterThan(least);
  expect(cyclesOf({ ...work, weightBytes: 1000 }, 'flash')).toEqual([least, most + 6000]);
  expect(cyclesOf({ ...work, weightBytes: 1_000_000 }, 'flash')).toEqual([6_000_000, most + 6_000_000]);
  expect(cyclesOf({ ...work, weightBytes: 1_000_000 }, 'psram')).toEqual([1_500_000, most + 1_500_000]);
});

test.each(words)('while nobody calls, %s leaves three quarters of its core to others', (word) => {
  const [least, most] = total(earLoad(earOf(word), 'flash').asleep);
  expect(most).toBeLessThanOrEqual(0.25);
  expect(least).toBeGreaterThan(0);
});

test('who listens does more than who sleeps, and who looks more than who listens', () => {
  const { asleep, listening, looking } = earLoad(earOf('jarvis'), 'psram');
  expect(total(listening)[0]).toBeGreaterThan(total(asleep)[0]);
  expect(total(looking)[1]).toBeGreaterThan(total(listening)[1]);
  expect(total(listening)[1]).toBeLessThan(1);
});

test('the table has a row for each thing that runs, and one for each state', () => {
  const rows = coreLoadTable(earOf('jarvis')).split('\n').slice(4);
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual([
    'front end',
    'wake model',
    '**asleep**',
    'phone model',
    'decoder',
    '**listening**',
    'embedding',
    'word verifier',
    '**looking**',
    'a look’s replay of the past, alone',
  ]);
  for (const row of rows) expect(row).toMatch(/\d to \d+/);
});
