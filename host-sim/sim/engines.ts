import { Problem } from '../cli/problem';
import { type LoadedSpeaker, storedSettings } from '../packages/speaker';
import { joined } from './audio/recording';
import type { EngineName } from './engine-names';
import type { MuteSpan } from './io/mute-spans';
import type { FedEar } from './io/simulated-ear';
import type { BrokerHome } from './mqtt/broker-home';
import type { RecordFile } from './record/file-pages';
import { nodeSeal } from './record/node-seal';
import { HOP_SAMPLES, Session } from './session';
import { createEar } from './wasm/natives';

export interface ReplayJob {
  readonly speaker: LoadedSpeaker;
  /** 16 kHz, in pieces, with the silence at its end. */
  readonly sound: AsyncIterable<Int16Array>;
  readonly mute: readonly MuteSpan[];
  /** When it begins, in milliseconds since 1970; unknown to the speaker unless said. */
  readonly epochMs?: number | undefined;
  readonly ringFrames: boolean;
  /** Obliging unless said; only under Node. */
  readonly home?: BrokerHome | undefined;
  /** Where the record of what was heard and done is kept; in memory, and then gone, unless said. */
  readonly record?: RecordFile | undefined;
  /** Aborted when the person wants no more; the lines end then. */
  readonly signal?: AbortSignal;
  /** Told now and then how far it is; under XS only the events tell. */
  readonly onProgress?: (atMs: number) => void;
}

/** Plays a recording to a fresh speaker and gives its event lines, as far as they are asked for. */
export type Engine = (job: ReplayJob) => AsyncIterable<string>;

/** What XS needs, a C compiler among it, is loaded only when it is asked for. */
export async function loadEngine(name: EngineName): Promise<Engine> {
  if (name === 'node') return replayUnderNode;
  const xs = [import('./xs/replay'), import('./xs/build'), import('./xs/run-bundle')] as const;
  const [{ replayUnderXs }, { CompilerError }, { XsError }] = await Promise.all(xs);
  return async function* ({ sound, record, ...job }) {
    const clip = joined(await collect(sound));
    const kept = record
      ? { record: record.bytes, onRecord: (bytes: Uint8Array) => record.replace(bytes) }
      : {};
    try {
      yield* replayUnderXs({ ...job, ...kept, clip });
    } catch (error) {
      if (job.signal?.aborted) return; // Ctrl-C goes to the machine's process, too
      if (error instanceof CompilerError || error instanceof XsError)
        throw new Problem(`--engine xs: ${error.message}`);
      throw error;
    }
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The ear is made at once, so that a model that it refuses is known before anything is shown. */
function replayUnderNode(job: ReplayJob): AsyncIterable<string> {
  const { speaker, mute, epochMs, ringFrames, home, record } = job;
  const lines: string[] = [];
  const ear = createEar(speaker.hearing);
  const session = new Session({
    ear,
    stored: storedSettings(speaker),
    pixelCount: speaker.board.ringPixels,
    mute,
    ringFrames,
    ...(record ? { record: { pages: record.pages, seal: nodeSeal } } : {}),
    ...(epochMs === undefined ? {} : { epochMs }),
    ...(home ? { makeHome: home.make } : {}),
    write: (line) => lines.push(line),
  });
  return linesOf(session, ear, job, lines);
}

/** So many steps of 10 ms are done in one go; between two, keys and signals are heard. */
const STEPS_A_TURN = 200;
const STEP_MS = 10;

async function* linesOf(
  session: Session,
  ear: FedEar,
  job: ReplayJob,
  lines: string[],
): AsyncGenerator<string> {
  const { home } = job;
  try {
    await home?.connected;
    yield* linesHeard(session, ear, job, lines);
  } finally {
    await home?.close();
  }
}

async function* linesHeard(
  session: Session,
  ear: FedEar,
  { sound, signal, onProgress, home }: ReplayJob,
  lines: string[],
): AsyncGenerator<string> {
  let waitingSamples = 0;
  let steps = 0;
  for await (const piece of sound) {
    ear.feed(piece);
    for (waitingSamples += piece.length; waitingSamples >= HOP_SAMPLES; waitingSamples -= HOP_SAMPLES) {
      session.step();
      if (lines.length > 0) yield* lines.splice(0);
      if (home?.isAsked) await new Promise((resolve) => setTimeout(resolve, STEP_MS)); // its time is the world's
      if (++steps % STEPS_A_TURN !== 0) continue;
      onProgress?.(session.atMs);
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) return;
    }
  }
  session.step(); // less than a whole one is left
  yield* lines.splice(0);
}
