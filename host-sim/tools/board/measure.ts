import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hearing } from '../../../firmware/core/hearing';
import type { BoardConfiguration } from '../../packages/board-shape';
import { boardNames, loadBoard } from '../../packages/boards';
import { resourceFileOf } from '../../packages/firmware-models';
import { ROOT } from '../../packages/root';
import { loadHearing } from '../../packages/speaker';
import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { CODE_BYTES } from './clip-room';
import type { EarParts } from './core-load';
import { definedNumber, measureCode } from './measure-code';
import { arenaBytes, objectBytes } from './measure-models';
import { BOARDS } from './output';

/** Bytes that one thing takes. */
export interface Share {
  readonly what: string;
  readonly bytes: number;
}

/** Bytes that several things may take together. */
export interface Budget {
  readonly name: string;
  readonly shares: readonly Share[];
  readonly limit: number;
}

export interface BoardMemory {
  readonly name: string;
  readonly flashMiB: number;
  readonly psramMiB: number;
  /** Internal RAM: what the sound's way in and out takes on this board. */
  readonly soundBytes: number;
  /** Internal RAM: all of the hearing on this board. */
  readonly hearingBytes: number;
}

export interface Measurements {
  readonly budgets: readonly Budget[];
  /** What is in which partition. */
  readonly takenBytes: Readonly<Record<string, number>>;
  readonly boards: readonly BoardMemory[];
  /** What runs on the ear's core. Absent where a model is missing. */
  readonly ear?: EarParts;
}

const KIB = 1024;
const HEARING_LIMIT = 180 * KIB;
const PSRAM_LIMIT = 2 * KIB * KIB;
/** A place for them in the smallest flash. */
const RESOURCES_LIMIT = 2560 * KIB;
/** A buffer holds 10 ms. */
const BUFFERS_PER_SECOND = 100;
/** With ESP-NN's kernels a model's arena also holds their scratch memory, which cannot be measured without the chip. A
 * wake model of the same kind has taken 33,804 bytes in place of 18,396: less than as much again. */
const ROOM_FOR_SCRATCH = 1;

/** Measures everything that can be measured on this machine. Throws Problem when a tool is missing. */
export async function measure(): Promise<Measurements> {
  const heard = await loadHearing([DEFAULT_WAKE_WORD], undefined);
  const { wakeWords, embedding, commands } = heard;
  const resourceBytes = resourceFileOf(heard).length;
  const objects = objectBytes();
  const code = measureCode();
  const wakeArena = arenaBytes(modelFile(DEFAULT_WAKE_WORD));
  const phonesArena = arenaBytes(modelFile('phones'));
  const configurations = boardNames(BOARDS).map((name) => loadBoard(name, BOARDS));
  const microphone = Math.max(...configurations.map(({ configuration }) => microphoneBytes(configuration)));

  const hearing: Share[] = [
    { what: 'front end', bytes: objects.features },
    { what: 'ear: history, spotters, second look, events', bytes: objects.ear },
    { what: `arena of ${DEFAULT_WAKE_WORD}, portable kernels`, bytes: wakeArena },
    { what: 'room for ESP-NN’s scratch, not measured: as much again', bytes: wakeArena * ROOM_FOR_SCRATCH },
    { what: 'ear task: queues and buffers', bytes: code.earLoopBytes },
    { what: 'ear task: stack', bytes: definedNumber('esp32/ear_task.h', 'EAR_TASK_STACK_BYTES') },
    { what: 'buffers of the microphone, on the board with most', bytes: microphone },
    { what: 'natives’ variables', bytes: code.ramBytes },
  ];
  const psram: Share[] = [
    { what: 'arena of phones, portable kernels', bytes: phonesArena },
    { what: 'room for ESP-NN’s scratch, not measured: as much again', bytes: phonesArena * ROOM_FOR_SCRATCH },
    ...wordVerifierArenas().flatMap(({ what, bytes }) => [
      { what: `arena of ${what}, portable kernels`, bytes },
      { what: 'room for ESP-NN’s scratch, not measured: as much again', bytes: bytes * ROOM_FOR_SCRATCH },
    ]),
    ...(commands
      ? [{ what: 'copy of phones, read from there', bytes: commands.phones.model.byteLength }]
      : []),
    { what: 'decoder', bytes: objects.decoder },
    {
      what: 'ear task: sound that waits while the past is replayed',
      bytes: definedNumber('esp32/ear_loop.h', 'EAR_LOOP_BACKLOG_BYTES'),
    },
  ];
  const resources: Share[] = [
    ...wakeWords.flatMap(({ name, model, wordVerifier }) => [
      { what: `model ${name}`, bytes: model.byteLength },
      ...(wordVerifier ? [{ what: `word verifier of ${name}`, bytes: wordVerifier.byteLength }] : []),
    ]),
    ...(embedding ? [{ what: 'model embedding', bytes: embedding.byteLength }] : []),
    ...(commands
      ? [
          { what: 'model phones', bytes: commands.phones.model.byteLength },
          { what: `compiled ${commands.grammarName}`, bytes: commands.graph.byteLength },
        ]
      : []),
  ];
  resources.push({ what: 'header, table, hearing, alignment', bytes: resourceBytes - sum(resources) });
  const fixedBytes = sum(hearing) - microphone;
  return {
    budgets: [
      { name: 'Internal RAM for hearing', shares: hearing, limit: HEARING_LIMIT },
      { name: 'PSRAM', shares: psram, limit: PSRAM_LIMIT },
      { name: 'Resources', shares: resources, limit: RESOURCES_LIMIT },
    ],
    ...earOf(heard),
    takenBytes: { ota_0: CODE_BYTES, resources_a: resourceBytes },
    boards: configurations.map(({ name, configuration }) => ({
      name,
      flashMiB: configuration.module.flashMiB,
      psramMiB: configuration.module.psramMiB,
      soundBytes: microphoneBytes(configuration) + loudspeakerBytes(configuration),
      hearingBytes: fixedBytes + microphoneBytes(configuration),
    })),
  };
}

function earOf({ wakeWords, embedding, commands }: Hearing<Uint8Array>): { ear?: EarParts } {
  const [word] = wakeWords;
  if (!word?.wordVerifier || !embedding || !commands) return {};
  return {
    ear: { wakeModel: word.model, phones: commands.phones.model, embedding, verifier: word.wordVerifier },
  };
}

export function sum(shares: readonly Share[]): number {
  return shares.reduce((total, { bytes }) => total + bytes, 0);
}

interface ModelFiles {
  readonly model: string;
  readonly earshot?: { readonly verifier?: string };
}

function manifestOf(name: string): ModelFiles {
  return JSON.parse(readFileSync(join(ROOT, 'models', name, 'model.json'), 'utf8')) as ModelFiles;
}

function modelFile(name: string): string {
  return join(ROOT, 'models', name, manifestOf(name).model);
}

/** Of the default wake word's word verifier and of the embedding that it listens to, where it has one. */
function wordVerifierArenas(): Share[] {
  const wordVerifier = manifestOf(DEFAULT_WAKE_WORD).earshot?.verifier;
  if (wordVerifier === undefined) return [];
  return [
    { what: 'embedding', bytes: arenaBytes(modelFile('embedding')) },
    {
      what: `word verifier of ${DEFAULT_WAKE_WORD}`,
      bytes: arenaBytes(join(ROOT, 'models', DEFAULT_WAKE_WORD, wordVerifier)),
    },
  ];
}

/** The microphone's samples come as wide as its slots. */
function microphoneBytes({ mic }: BoardConfiguration): number {
  const channels = mic.channel === 'both' ? 2 : 1;
  return bufferBytes(16_000, channels * (mic.slotBits / 8));
}

/** The loudspeaker is given 16 bits in one channel, whatever its slots. */
function loudspeakerBytes({ loudspeaker }: BoardConfiguration): number {
  return 'absent' in loudspeaker ? 0 : bufferBytes(loudspeaker.sampleRate, 2);
}

function bufferBytes(sampleRate: number, frameBytes: number): number {
  const buffers = definedNumber('esp32/sound_bus.h', 'SOUND_BUS_DMA_BUFFERS');
  return (buffers * sampleRate * frameBytes) / BUFFERS_PER_SECOND;
}
