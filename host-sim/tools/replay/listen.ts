import { equip } from '../../../firmware/core/hearing';
import { watchKeys } from '../../cli/keys';
import { Problem } from '../../cli/problem';
import { watchGrammar } from '../../grammar/watch';
import {
  DEFAULT_GRAMMAR,
  type LoadedHearing,
  type LoadedSpeaker,
  loadCommands,
  loadSpeaker,
  storedSettings,
} from '../../packages/speaker';
import type { SpeakerChoice } from '../../packages/speaker-choice';
import { Microphone } from '../../sim/audio/microphone';
import type { BrokerHome } from '../../sim/mqtt/broker-home';
import { HOP_SAMPLES, Session } from '../../sim/session';
import { createEar } from '../../sim/wasm/natives';
import { ModelError } from '../../sim/wasm/open';
import type { WasmEar } from '../../sim/wasm/wasm-ear';
import { type HomeChoice, homeMaker } from '../broker-home';
import type { EventLine } from './expect/expectations';
import { JsonReporter, type Reporter, TimelineReporter, timelineOnStdout } from './timeline/reporters';

export interface ListenOptions extends SpeakerChoice, HomeChoice {
  readonly json?: boolean;
  readonly frames?: boolean;
  /** The microphone, as the recording program names it. */
  readonly device?: string;
}

/** Returns the exit code, when the microphone or the person ends it. @throws Problem */
export async function listen(options: ListenOptions): Promise<number> {
  const speaker = await loadSpeaker(options);
  const home = homeMaker(options)?.();
  const exitCode = await new Promise<number>((resolve, reject) => {
    try {
      hearOut(options, speaker, home, resolve, reject);
    } catch (error) {
      reject(error);
    }
  });
  await home?.close();
  return exitCode;
}

/** Hears until the microphone or the person ends it; then gives the exit code. */
function hearOut(
  options: ListenOptions,
  speaker: LoadedSpeaker,
  home: BrokerHome | undefined,
  finish: (exitCode: number) => void,
  fail: (problem: unknown) => void,
): void {
  const reporter = chooseReporter(options, speaker);
  const ringFrames = options.frames || reporter instanceof TimelineReporter;
  const events: EventLine[] = [];
  const ear = createEar(speaker.hearing);
  let waitingSamples = 0;
  const startMs = performance.now();
  const microphone = new Microphone(hear, end, options.device);
  reporter.begin({
    path: `microphone, through ${microphone.program}`,
    hint: 'm moves the mute switch, Ctrl-C ends',
  });
  const session = new Session({
    ear,
    stored: storedSettings(speaker),
    pixelCount: speaker.board.ringPixels,
    mute: [],
    ringFrames,
    ...(home ? { makeHome: home.make } : {}),
    write: (line) => {
      const event = JSON.parse(line) as EventLine;
      if (event.type !== 'ringFrame') events.push(event);
      reporter.event(event);
    },
  });
  home?.connected.catch((problem) => {
    fail(problem);
    microphone.close();
  });
  const releaseKeys = watchKeys(
    (muted) => session.setMuted(muted),
    () => microphone.close(),
  );
  const releaseGrammar = watchGrammar(
    options.grammar ?? DEFAULT_GRAMMAR,
    () => void renewGrammar(options, speaker.hearing, ear, (text) => reporter.note(text)),
  );

  function hear(pcm: Int16Array): void {
    ear.feed(pcm);
    for (waitingSamples += pcm.length; waitingSamples >= HOP_SAMPLES; waitingSamples -= HOP_SAMPLES)
      session.step();
    reporter.tick(session.atMs);
  }

  function end(problem: string | undefined): void {
    releaseKeys();
    releaseGrammar();
    reporter.end({ path: 'microphone', soundMs: session.atMs, events }, performance.now() - startMs);
    if (problem !== undefined) console.error(`earshot: the microphone gave no sound: ${problem}`);
    finish(problem === undefined ? 0 : 2);
  }
}

/** The grammar as it was just saved; one with errors is told about, and the one before stays. */
async function renewGrammar(
  { grammar, phones }: ListenOptions,
  { commands: before }: LoadedHearing,
  ear: WasmEar,
  tell: (text: string) => void,
): Promise<void> {
  try {
    const commands = await loadCommands(grammar, phones);
    if (commands && before) equip(ear, { commands: { ...before, graph: commands.graph } });
    tell('understands the grammar as it was just saved');
  } catch (error) {
    if (!(error instanceof Problem || error instanceof ModelError)) throw error;
    tell(error.message);
  }
}

function chooseReporter({ json, frames }: ListenOptions, speaker: LoadedSpeaker): Reporter {
  if (json) return new JsonReporter(console.log);
  return timelineOnStdout(speaker, frames === true, true);
}
