import { watchKeys } from '../../cli/keys';
import { Problem } from '../../cli/problem';
import type { SpeakerChoice } from '../../packages/speaker-choice';
import { Microphone } from '../../sim/audio/microphone';
import { joined } from '../../sim/audio/recording';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { findRecordings, readRecordingFile } from '../../sim/audio/sources';
import { loadChosenSpeaker } from '../../sim/flashed-speaker';
import { recordFile } from '../../sim/record/file-pages';
import { MemoryPages } from '../../sim/record/memory-pages';
import { type RunningServer, serveDashboard } from '../../sim/serve/server';
import { readPublicKey } from '../../sim/update/update-keys';
import { type HomeChoice, homeMaker } from '../broker-home';
import { RestartingSpeaker } from './restarting-speaker';

const TURN_MS = 20;

export interface ServeOptions extends SpeakerChoice, HomeChoice {
  /** Played one after the other, as fast as they were spoken; then silence. Without any, the microphone. */
  readonly recordings: readonly string[];
  readonly port: number;
  readonly address: string;
  /** Where the record is kept; absent, in memory. */
  readonly recordFile?: string;
  /** The public key of whose updates it takes; it takes none without. */
  readonly updateKey?: string;
}

/** Serves the dashboard of a simulated speaker until the person ends it. Returns the exit code. @throws Problem */
export async function serve(options: ServeOptions): Promise<number> {
  const { recordings, port, address, recordFile: keptIn, updateKey } = options;
  const speaker = await loadChosenSpeaker(options);
  const pcm = await soundOf(recordings);
  const served = new RestartingSpeaker({
    speaker,
    board: options.board,
    makeHome: homeMaker(options),
    pages: keptIn === undefined ? new MemoryPages() : recordFile(keptIn).pages,
    ...(updateKey === undefined ? {} : { updateKey: readPublicKey(updateKey) }),
    onRestart: () => server.endLive(),
  });
  await served.connected;
  const server: RunningServer = await serveDashboard(() => served.dashboard, { port, address }).catch(
    (error: Error) => {
      throw new Problem(`--port ${port}: ${error.message}`);
    },
  );
  console.log(`  http://${address}:${server.port}/   m moves the mute switch, Ctrl-C ends`);
  const hear = (samples: Int16Array): void => served.hear(samples);
  return new Promise((resolve) => {
    const end = (problem?: string): void => {
      stopSound();
      releaseKeys();
      if (problem !== undefined) console.error(`earshot: the microphone gave no sound: ${problem}`);
      void Promise.all([server.close(), served.close()]).then(() => resolve(problem === undefined ? 0 : 2));
    };
    const stopSound = recordings.length > 0 ? play(pcm, hear) : listenTo(hear, end);
    const releaseKeys = watchKeys((muted) => served.setMuted(muted), end, { readsPipe: true });
  });
}

async function soundOf(paths: readonly string[]): Promise<Int16Array> {
  const { files, complaints } = findRecordings(paths);
  if (complaints[0] !== undefined) throw new Problem(complaints[0]);
  const recordings = await Promise.all(files.map((file) => readRecordingFile(file)));
  return joined(recordings.map(({ pcm }) => pcm));
}

/** As fast as time passes; silence after the end. Returns what stops it. */
function play(pcm: Int16Array, hear: (samples: Int16Array) => void): () => void {
  const startMs = performance.now();
  let played = 0;
  const timer = setInterval(() => {
    const goal = Math.floor(((performance.now() - startMs) / 1000) * SAMPLE_RATE);
    const samples = new Int16Array(goal - played);
    samples.set(pcm.subarray(played, goal));
    played = goal;
    hear(samples);
  }, TURN_MS);
  return () => clearInterval(timer);
}

function listenTo(hear: (samples: Int16Array) => void, end: (problem?: string) => void): () => void {
  const microphone = new Microphone(hear, end);
  return () => microphone.close();
}
