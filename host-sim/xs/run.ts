import type { EarSetup } from '../wasm/wasm-ear';
import type { XsHostOptions } from './build';
import type { XsConfiguration } from './configuration';
import { bundleReplay } from './firmware-bundle';
import type { MachineSize } from './machine-size';
import { type MachineStatistics, runBundle } from './run-bundle';

export interface XsReplay extends XsHostOptions {
  readonly setup: EarSetup;
  /** 16 kHz mono samples. */
  readonly recording: Int16Array;
  readonly session: XsConfiguration['session'];
  readonly size?: MachineSize;
}

const EMBEDDING = 'embedding';

type Files = Record<string, Uint8Array>;

/** Replays a recording as `Session` does under Node, but in the real XS in a machine of the chip's size, and gives its
 * event lines as they come. Throws XsError when the machine does not last, CompilerError when it cannot be built. */
export async function* replayUnderXs(replay: XsReplay): AsyncGenerator<string, MachineStatistics> {
  const files: Files = {};
  const configuration = JSON.stringify(configurationOf(replay, files));
  return yield* runBundle({ ...replay, ...(await bundleReplay()), configuration, files });
}

function configurationOf({ setup, session }: XsReplay, files: Files): XsConfiguration {
  const wakeWords = setup.wakeWords.map((word, index) => {
    const { name, probabilityCutoff, slidingWindowSize, points } = word;
    const file = `wake-word-${index}`;
    files[file] = word.tflite;
    const pronunciations = [...(word.pronunciations ?? [])];
    const plain = { name, file, probabilityCutoff, slidingWindowSize, points, pronunciations };
    if (!word.verifier) return plain;
    const verifier = `verifier-${index}`;
    files[verifier] = word.verifier.tflite;
    files[EMBEDDING] = word.verifier.embedding;
    return { ...plain, verifier };
  });
  const embedding = EMBEDDING in files ? { embedding: EMBEDDING } : {};
  if (!setup.commands) return { wakeWords, ...embedding, session };
  const { phones, network } = setup.commands;
  const { blankPenalty, lookAheadMs, features } = phones;
  const commands = { phones: 'phones', network: 'network', blankPenalty, lookAheadMs, features };
  files[commands.phones] = phones.tflite;
  files[commands.network] = network;
  return { wakeWords, ...embedding, commands, session };
}
