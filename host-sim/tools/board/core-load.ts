import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelWork, workOf } from '../../packages/model-work';
import { ROOT } from '../../packages/root';
import { definedNumber } from './measure-code';

/** The least and the most that something may take. */
export type Range = readonly [least: number, most: number];

export const CLOCK_HZ = 240e6;

/** Cycles for one multiplication, or for one number: of ESP-NN's own figures for the ESP32-S3 at 240 MHz (its README, ticks of
 * a kernel by the multiplications that it has), those of the fastest and of the slowest kernel of the kind. Where it has one
 * alone, with 3 channels or 3 outputs, which leave vectors empty, the least is that of wide pointwise convolutions. */
const WIDE = 461_398 / (10 * 10 * 64 * 64);
const CYCLES: Readonly<Record<Exclude<keyof ModelWork, 'weightBytes'>, Range>> = {
  pointwise: [WIDE, 43_578 / (8 * 8 * 16 * 16)],
  convolution: [WIDE, 643_689 / (8 * 8 * 64 * 27)],
  depthwise: [366_102 / (10 * 10 * 32 * 25), 191_931 / (16 * 16 * 16 * 9)],
  fullyConnected: [WIDE, 4_439 / (265 * 3)],
  elementwise: [71_644 / 1_615, 71_644 / 1_615],
  // not documented: a byte a cycle to one in four
  copied: [1, 4],
};

/** Bytes a second that can be read at most: four lines of flash at 80 MHz; eight of PSRAM at 80 MHz, twice a cycle. */
export const READ_BYTES = { flash: 40e6, psram: 160e6 } as const;
export type Place = keyof typeof READ_BYTES;

/** Cycles of one run. A core reads weights while it reckons, at best, or waits for each of them. */
export function cyclesOf(work: ModelWork, place: Place): Range {
  const [least, most] = ([0, 1] as const).map((end) =>
    (Object.keys(CYCLES) as (keyof typeof CYCLES)[]).reduce(
      (sum, kind) => sum + work[kind] * CYCLES[kind][end],
      0,
    ),
  ) as [number, number];
  const reading = (work.weightBytes * CLOCK_HZ) / READ_BYTES[place];
  return [Math.max(least, reading), most + reading];
}

/** What runs on the ear's core, and how often. */
export interface EarParts {
  readonly wakeModel: Uint8Array;
  readonly phones: Uint8Array;
  readonly embedding: Uint8Array;
  readonly verifier: Uint8Array;
}

/** Runs a second: a wake or phone model takes three frames of 10 ms, an embedding eight. */
const FRAMES = 100;
const STEPS = FRAMES / 3;
const EMBEDDINGS = FRAMES / 8;
/** When a look opens it hears again: so many frames through the phone model, so many rows through the embedding. */
const ear = (file: string, name: string): number => definedNumber(`natives/ear/${file}`, name);
const REPLAYED_STEPS =
  (ear('second_look_numbers.h', 'ALIGNMENT_MAX_FRAMES') + ear('ear.c', 'LOOK_WARM_UP_FRAMES')) / 3;
const REPLAYED_EMBEDDINGS = ear('embedding.h', 'EMBEDDING_MAX_ROWS');

export interface CoreLoad {
  readonly what: string;
  /** Of the core, 1 is all of it. */
  readonly share: Range;
}

export interface EarLoad {
  readonly asleep: readonly CoreLoad[];
  readonly listening: readonly CoreLoad[];
  readonly looking: readonly CoreLoad[];
  readonly replaySeconds: Range;
}

/** The load of core 1, with phone model and embedding in `place`; wake models and verifiers are read from flash. */
export function earLoad(parts: EarParts, place: Place): EarLoad {
  const perSecond = (what: string, cycles: Range, times: number): CoreLoad => ({
    what,
    share: [(cycles[0] * times) / CLOCK_HZ, (cycles[1] * times) / CLOCK_HZ],
  });
  const phones = cyclesOf(workOf(parts.phones), place);
  const embedding = cyclesOf(workOf(parts.embedding), place);
  const verifier = cyclesOf(workOf(parts.verifier), 'flash');
  const asleep = [
    perSecond('front end', counted('features'), FRAMES),
    perSecond('wake model', cyclesOf(workOf(parts.wakeModel), 'flash'), STEPS),
  ];
  const hearing = perSecond('phone model', phones, STEPS);
  return {
    asleep,
    listening: [...asleep, hearing, perSecond('decoder', counted('decoder, home grammar'), STEPS)],
    looking: [
      ...asleep,
      hearing,
      perSecond('embedding', embedding, EMBEDDINGS),
      perSecond('word verifier', verifier, EMBEDDINGS),
    ],
    replaySeconds: [0, 1].map(
      (end) =>
        ((phones[end] ?? 0) * REPLAYED_STEPS +
          ((embedding[end] ?? 0) + (verifier[end] ?? 0)) * REPLAYED_EMBEDDINGS) /
        CLOCK_HZ,
    ) as unknown as Range,
  };
}

/** Instructions that a native of ours may take on a smaller Xtensa core, which has to do without much that the chip has. */
export function counted(name: string): Range {
  const budgets = JSON.parse(
    readFileSync(join(ROOT, 'tests/firmware/xtensa/budgets.json'), 'utf8'),
  ) as Record<string, { readonly mean: number }>;
  const { mean } = budgets[name] ?? { mean: Number.NaN };
  return [mean / 2, mean];
}

export function total(loads: readonly CoreLoad[]): Range {
  return [
    loads.reduce((sum, { share }) => sum + share[0], 0),
    loads.reduce((sum, { share }) => sum + share[1], 0),
  ];
}

/** Core 1 by what the ear does, in percent, with the large models read from flash and from PSRAM. */
export function coreLoadTable(parts: EarParts): string {
  const [flash, psram] = [earLoad(parts, 'flash'), earLoad(parts, 'psram')];
  const rows = new Map<string, [Range, Range]>();
  for (const state of ['asleep', 'listening', 'looking'] as const) {
    for (const [index, { what, share }] of flash[state].entries())
      rows.set(what, [share, psram[state][index]?.share ?? share]);
    rows.set(`**${state}**`, [total(flash[state]), total(psram[state])]);
  }
  return [
    '**Core 1, reckoned, least to most**',
    '',
    '| what | large models in flash | in PSRAM |',
    '| --- | --- | --- |',
    ...[...rows].map(([what, [a, b]]) => `| ${what} | ${percent(a)} | ${percent(b)} |`),
    `| a look’s replay of the past, alone | ${seconds(flash.replaySeconds)} | ${seconds(psram.replaySeconds)} |`,
  ].join('\n');
}

export function percent([least, most]: Range): string {
  return `${(least * 100).toFixed(0)} to ${(most * 100).toFixed(0)} %`;
}

function seconds([least, most]: Range): string {
  return `${least.toFixed(1)} to ${most.toFixed(1)} s`;
}
