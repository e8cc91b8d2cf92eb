import { Problem } from '../cli/problem';
import { type LoadedSpeaker, storedSettings } from '../packages/speaker';
import type { EngineName } from './engine-names';
import type { MuteSpan } from './io/mute-spans';
import { Session } from './session';
import { createEar } from './wasm/natives';

export interface ReplayJob {
  readonly speaker: LoadedSpeaker;
  /** 16 kHz, with the silence at its end. */
  readonly pcm: Int16Array;
  readonly mute: readonly MuteSpan[];
  readonly ringFrames: boolean;
}

/** Plays a recording to a fresh speaker and gives its event lines, as far as they are asked for. */
export type Engine = (job: ReplayJob) => Iterable<string> | AsyncIterable<string>;

/** What XS needs, a C compiler among it, is loaded only when it is asked for. */
export async function loadEngine(name: EngineName): Promise<Engine> {
  if (name === 'node') return replayUnderNode;
  const xs = [import('./xs/replay'), import('./xs/build'), import('./xs/run-bundle')] as const;
  const [{ replayUnderXs }, { CompilerError }, { XsError }] = await Promise.all(xs);
  return async function* (job) {
    try {
      yield* replayUnderXs({ ...job, clip: job.pcm });
    } catch (error) {
      if (error instanceof CompilerError || error instanceof XsError)
        throw new Problem(`--engine xs: ${error.message}`);
      throw error;
    }
  };
}

/** The ear is made at once, so that a model that it refuses is known before anything is shown. */
function replayUnderNode(job: ReplayJob): Iterable<string> {
  const lines: string[] = [];
  const ear = createEar(job.speaker.hearing, job.pcm);
  const { speaker, mute, ringFrames } = job;
  const session = new Session({
    ear,
    stored: storedSettings(speaker),
    pixelCount: speaker.board.ringPixels,
    mute,
    ringFrames,
    write: (line) => lines.push(line),
  });
  return linesOf(session, lines);
}

function* linesOf(session: Session, lines: string[]): Iterable<string> {
  for (let goesOn = true; goesOn; ) {
    goesOn = session.step();
    yield* lines.splice(0);
  }
}
