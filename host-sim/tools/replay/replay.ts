import { relative } from 'node:path';
import { Problem } from '../../cli/problem';
import { terminalOf } from '../../cli/terminal';
import type { LoadedSpeaker } from '../../packages/speaker';
import type { SpeakerChoice } from '../../packages/speaker-choice';
import type { ChannelChoice } from '../../sim/audio/channels';
import { type Ending, type OpenRecording, silence } from '../../sim/audio/recording';
import { AudioError, SAMPLE_RATE } from '../../sim/audio/sound';
import { findRecordings, openRecordingFile } from '../../sim/audio/sources';
import type { EngineName } from '../../sim/engine-names';
import { type Engine, loadEngine } from '../../sim/engines';
import { loadChosenSpeaker } from '../../sim/flashed-speaker';
import type { MuteSpan } from '../../sim/io/mute-spans';
import { recordFile } from '../../sim/record/file-pages';
import { type HomeChoice, type HomeMaker, homeMaker } from '../broker-home';
import { type CheckOptions, prepareCheck } from './expect/check';
import type { EventLine } from './expect/expectations';
import type { Failure } from './expect/junit';
import { findDemo } from './recordings/demo';
import { openedEvent } from './timeline/json-lines';
import { closeTestOf } from './timeline/near-miss';
import { Progress } from './timeline/progress';
import {
  JsonReporter,
  ProgressReporter,
  type Reporter,
  TimelineReporter,
  timelineOnStdout,
} from './timeline/reporters';
import { type Outcome, summarizeMany } from './timeline/summary';

/** More recordings than this are not shown one by one. */
const MOST_TIMELINES = 3;
const EXIT_DIFFERENT = 1;
const EXIT_UNREADABLE = 2;
/** As shells have it for Ctrl-C. */
const EXIT_STOPPED = 130;

interface Replay {
  readonly options: ReplayOptions;
  readonly speaker: LoadedSpeaker;
  readonly engine: Engine;
  /** A home for each recording, where there is a broker. */
  readonly makeHome: HomeMaker | undefined;
  readonly reporter: Reporter;
  /** Of what is wrong. */
  readonly complain: (line: string) => void;
  /** Pictures of the ring are events too. */
  readonly keepsFrames: boolean;
  /** Of what is good to know. */
  readonly remark: (line: string) => void;
  /** Aborted by Ctrl-C: the summary so far is shown. */
  readonly signal: AbortSignal;
}

/** What is played, how, and what is shown of it. */
export interface ReplayOptions extends SpeakerChoice, CheckOptions, HomeChoice {
  readonly paths: readonly string[];
  readonly demo?: boolean;
  readonly mute: readonly MuteSpan[];
  readonly channel?: ChannelChoice;
  readonly json?: boolean;
  readonly frames?: boolean;
  readonly realtime?: boolean;
  /** A WAV file to be written: what the speaker said, on the recording's axis of time. */
  readonly say?: string;
  readonly engine: EngineName;
  readonly silenceMs: number;
  /** When each recording begins, in milliseconds since 1970; unknown to the speaker unless said. */
  readonly epochMs?: number | undefined;
  /** Where the record is kept. */
  readonly recordFile?: string;
}

/** Returns the exit code. @throws Problem */
export async function replay(options: ReplayOptions): Promise<number> {
  return replayAll(options.demo ? withDemo(options) : options);
}

async function replayAll(options: ReplayOptions): Promise<number> {
  const { files, complaints } = findRecordings(options.paths);
  const check = prepareCheck(options, files);
  if (options.say !== undefined && files.length > 1)
    throw new Problem(`--say takes one recording, not ${files.length}: their times would be mixed up`);
  const makeHome = homeMaker(options);
  if (makeHome && options.engine !== 'node')
    throw new Problem(
      `--mqtt: a machine under ${options.engine} reaches no network; --engine node would be right`,
    );
  const [speaker, engine] = await Promise.all([loadChosenSpeaker(options), loadEngine(options.engine)]);
  const progress = new Progress(files.length, progressStream(options));
  const reporter = chooseReporter(options, speaker, files.length, progress);
  const failures: Failure[] = [];
  const remark = (line: string): void => {
    progress.clear();
    console.error(`earshot: ${line}`);
  };
  const complain = (line: string): void => {
    const [, path = line, message = line] = /^(.*?): (.*)$/s.exec(line) ?? [];
    failures.push({ path, message });
    remark(line);
  };
  complaints.forEach(complain);
  const keepsFrames = check?.wantsFrames === true;
  const startMs = performance.now();
  const outcomes: Outcome[] = [];
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt); // the second time it ends at once
  const { signal } = stop;
  for (const path of files) {
    const outcome = await replayFile(path, {
      options,
      speaker,
      engine,
      reporter,
      complain,
      remark,
      keepsFrames,
      signal,
      makeHome,
    });
    if (outcome) outcomes.push(outcome);
    if (outcome && options.say !== undefined) await writeSaid(options.say, outcome, options.silenceMs);
    if (signal.aborted) break;
  }
  process.off('SIGINT', onInterrupt);
  progress.clear();
  const takenMs = performance.now() - startMs;
  if (!options.json && files.length > 1)
    console.log(
      `\n  ${summarizeMany(
        outcomes,
        closeTestOf(speaker),
        failures.map(({ path }) => path),
        takenMs,
      ).join('\n  ')}\n`,
    );
  if (signal.aborted) return EXIT_STOPPED;
  const isAsExpected = check?.conclude(outcomes, failures) ?? true;
  return failures.length > 0 ? EXIT_UNREADABLE : isAsExpected ? 0 : EXIT_DIFFERENT;
}

/** Only who wants to hear it loads the voice. */
async function writeSaid(file: string, { events, soundMs }: Outcome, silenceMs: number): Promise<void> {
  const { writeSpoken } = await import('./loudspeaker');
  try {
    writeSpoken(file, events, soundMs + silenceMs);
  } catch (error) {
    throw new Problem(`--say: ${(error as Error).message}`);
  }
}

/** Replays one recording. A file that cannot be read, or not to its end, gets one line of complaint. */
async function replayFile(
  path: string,
  { options, speaker, engine, reporter, complain, remark, keepsFrames, signal, makeHome }: Replay,
): Promise<Outcome | undefined> {
  const startMs = performance.now();
  const recording = await open(path, options.channel, complain);
  if (!recording) return undefined;
  const playing = new Playing(recording, options.silenceMs);
  const ringFrames = options.frames || keepsFrames || reporter instanceof TimelineReporter;
  let atMs = 0;
  const onProgress = (nowMs: number): void => {
    atMs = nowMs;
    if (!options.realtime) reporter.tick(nowMs);
  };
  const sound = playing.sound();
  const { mute, epochMs } = options;
  const home = makeHome?.();
  const record = options.recordFile === undefined ? undefined : recordFile(options.recordFile);
  const lines = engine({ speaker, sound, mute, epochMs, ringFrames, home, record, signal, onProgress });
  const { soundMs, conversion } = recording;
  const opened = {
    path,
    ...(soundMs === undefined ? {} : { soundMs }),
    ...(conversion === undefined ? {} : { conversion }),
  };
  reporter.begin(opened);
  const events: EventLine[] = [openedEvent(opened)];
  const startOfSoundMs = performance.now();
  for await (const line of lines) {
    const event = JSON.parse(line) as EventLine;
    if (options.realtime) await passTime(startOfSoundMs, event.atMs, reporter, signal);
    if (signal.aborted) break;
    atMs = event.atMs;
    reporter.event(event);
    if (keepsFrames || event.type !== 'ringFrame') events.push(event);
  }
  if (options.realtime) await passTime(startOfSoundMs, playing.soundMs + options.silenceMs, reporter, signal);
  const outcome = signal.aborted
    ? { path, soundMs: Math.min(atMs, playing.soundMs), events, stoppedMs: atMs }
    : { path, soundMs: playing.soundMs, events };
  reporter.end(outcome, performance.now() - startMs);
  const { shortfall, remark: ofChannels } = playing.ending;
  if (shortfall !== undefined) complain(`${path}: ${shortfall}; replayed as far as it goes`);
  if (ofChannels !== undefined) remark(`${path}: ${ofChannels}`);
  return outcome;
}

/** A recording on its way into the ear, silence behind it. */
class Playing {
  readonly #recording: OpenRecording;
  readonly #silenceMs: number;
  #sampleCount = 0;
  #ending: Ending = {};

  constructor(recording: OpenRecording, silenceMs: number) {
    this.#recording = recording;
    this.#silenceMs = silenceMs;
  }

  /** How much of it was played, without the silence. */
  get soundMs(): number {
    return Math.round((this.#sampleCount * 1000) / SAMPLE_RATE);
  }

  /** Known when it was played to its end. */
  get ending(): Ending {
    return this.#ending;
  }

  async *sound(): AsyncGenerator<Int16Array> {
    this.#ending = yield* this.#counted();
    yield silence(this.#silenceMs);
  }

  async *#counted(): AsyncGenerator<Int16Array, Ending> {
    const { pieces } = this.#recording;
    try {
      let next = await pieces.next();
      for (; !next.done; next = await pieces.next()) {
        this.#sampleCount += next.value.length;
        yield next.value;
      }
      return next.value;
    } catch (error) {
      if (error instanceof AudioError) return { shortfall: error.message };
      throw error;
    }
  }
}

async function open(
  path: string,
  channel: ChannelChoice | undefined,
  complain: (line: string) => void,
): Promise<OpenRecording | undefined> {
  try {
    return await openRecordingFile(path, channel);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    complain(error.message);
    return undefined;
  }
}

const REDRAW_MS = 50;

/** Waits until as much time has passed since the start as the recording says, or the person wants no more. */
async function passTime(
  startMs: number,
  atMs: number,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const nowMs = performance.now() - startMs;
    if (nowMs >= atMs || signal.aborted) return;
    reporter.tick(Math.floor(nowMs));
    await new Promise((resolve) => setTimeout(resolve, Math.min(REDRAW_MS, atMs - nowMs)));
  }
}

function chooseReporter(
  options: ReplayOptions,
  speaker: LoadedSpeaker,
  fileCount: number,
  progress: Progress,
): Reporter {
  if (options.json) return new JsonReporter(console.log);
  if (fileCount > MOST_TIMELINES) return new ProgressReporter(progress);
  return timelineOnStdout(speaker, options.frames === true, options.realtime === true);
}

function progressStream({ json }: ReplayOptions): ((text: string) => void) | undefined {
  const isWanted = terminalOf(process.stderr, process.env).isInteractive && !json;
  return isWanted ? (text) => void process.stderr.write(text) : undefined;
}

/** The recording that comes with Earshot, its mute switch moved as it says unless the person says otherwise. */
function withDemo(options: ReplayOptions): ReplayOptions {
  const demo = findDemo();
  const mute = options.mute.length > 0 ? options.mute : demo.mute;
  return { ...options, paths: [relative(process.cwd(), demo.path), ...options.paths], mute };
}
