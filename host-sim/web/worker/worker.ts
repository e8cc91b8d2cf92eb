/** The speaker of the page: hears in a thread of its own, so that the page never stutters. */
import type { Cue } from '../../../firmware/core/ports';
import { ForeignSound } from '../../sim/audio/formats/foreign';
import { joined, type OpenRecording, silence, wholeRecording } from '../../sim/audio/recording';
import { AudioError, SAMPLE_RATE } from '../../sim/audio/sound';
import { HOP_SAMPLES } from '../../sim/session';
import { ModelError } from '../../sim/wasm/open';
import { type OpenedRecording, openedEvent } from '../../tools/replay/timeline/json-lines';
import { CUE_RATE, CueRenderer } from './cue-renderer';
import type { GrammarFiles, Heard, Order, Report, Script } from './messages';
import { Play } from './play';
import { LiveSound, openDecoded, openFile } from './recordings';
import { loadSpeaker, type Speaker } from './speaker';
import { Tries } from './tries';

/** As `earshot replay` has it unless told otherwise. */
const SILENCE_MS = 1500;
/** So long it hears before it looks whether the page wants something else. */
const TURN_MS = 40;

interface Thread {
  postMessage(report: Report, transfer?: readonly Transferable[]): void;
  onmessage: ((message: { readonly data: Order }) => void) | null;
}

const page = self as unknown as Thread;
const tries = new Tries();
let speaker: Speaker;
let cues: CueRenderer;
let opened: OpenedRecording = { path: '' };
let pcm = new Int16Array();
let play: Play | undefined;
/** What came from the microphone, to be heard again. */
let live: Int16Array[] = [];
const sentCues = new Set<string>();

page.onmessage = ({ data }) => void obey(data).catch(complain);

function complain(error: unknown): void {
  const isTheirs = error instanceof AudioError || error instanceof ModelError;
  const { message, stack } = error as Error;
  page.postMessage(
    isTheirs ? { type: 'refused', what: message } : { type: 'failed', what: stack ?? message },
  );
}

async function obey(order: Order): Promise<void> {
  switch (order.type) {
    case 'unpack':
      speaker = await loadSpeaker(order.cargo);
      cues = new CueRenderer(speaker.natives);
      return page.postMessage({ type: 'ready', facts: speaker.facts });
    case 'openBundled': {
      const { name, pcm: sound, mute } = speaker.bundled;
      return show({ path: name, soundMs: durationMs(sound) }, sound, [], mute);
    }
    case 'openFile':
      return openNamed(order.name, order.bytes);
    case 'openSound':
      return open(order.name, await openDecoded(order.what, order.sampleRate, order.channels));
    case 'replay':
      return replay(order.run, order.script);
    case 'listen':
      return listen(order);
    case 'move':
      return play?.setMuted(order.muted);
    case 'press':
      return play?.press();
    case 'stopListening':
      return stopListening();
    case 'readGrammar':
      return readGrammar(order.files, order.takes);
    case 'understand':
      return understand(order.text);
  }
}

async function openNamed(name: string, bytes: ArrayBuffer): Promise<void> {
  try {
    await open(name, await openFile(new Uint8Array(bytes)));
  } catch (error) {
    if (!(error instanceof ForeignSound)) throw error;
    page.postMessage({ type: 'foreign', name, what: error.what, bytes }, [bytes]);
  }
}

async function open(path: string, recording: OpenRecording): Promise<void> {
  const { soundMs, conversion } = recording;
  const { pcm: sound, shortfall, remark } = await wholeRecording(recording);
  const remarks = [shortfall && `${shortfall}; heard as far as it goes`, remark].filter(
    (each) => each !== undefined,
  );
  const facts = {
    path,
    ...(soundMs === undefined ? {} : { soundMs }),
    ...(conversion === undefined ? {} : { conversion }),
  };
  show(facts, sound, remarks as string[], []);
}

function show(
  recording: OpenedRecording,
  sound: Int16Array,
  remarks: readonly string[],
  mute: Script['mute'],
): void {
  play = undefined;
  opened = recording;
  pcm = sound as Int16Array<ArrayBuffer>;
  page.postMessage({ type: 'opened', recording, pcm: sound, mute, remarks });
}

/** Hears the recording that is open from its beginning. Another order to replay ends this one. */
function replay(run: number, script: Script): void {
  const mine = new Play(speaker, run, opened.path, script);
  play = mine;
  mine.feed(pcm);
  mine.feed(silence(SILENCE_MS));
  send(mine.take(), [JSON.stringify(openedEvent(opened))]);
  const turns = new MessageChannel();
  turns.port1.onmessage = () => {
    if (play !== mine) return;
    const untilMs = performance.now() + TURN_MS;
    let goesOn = true;
    while (goesOn && performance.now() < untilMs) goesOn = mine.step();
    send(mine.take());
    if (goesOn) turns.port2.postMessage(undefined);
    else page.postMessage({ type: 'ended', run });
  };
  turns.port2.postMessage(undefined);
}

function listen({ run, sampleRate, port, script }: Extract<Order, { type: 'listen' }>): void {
  opened = { path: 'microphone' };
  const mine = new Play(speaker, run, opened.path, script);
  play = mine;
  live = [];
  const sound = new LiveSound(sampleRate);
  send(mine.take(), [JSON.stringify(openedEvent(opened))]);
  let fresh: Int16Array[] = [];
  const turns = new MessageChannel();
  // comes behind all sound that has arrived, so that whoever is late catches up at once
  turns.port1.onmessage = () => {
    if (play !== mine) return;
    while (mine.waitingSamples >= HOP_SAMPLES) mine.step();
    send({ ...mine.take(), live: joined(fresh) });
    fresh = [];
  };
  port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    if (play !== mine) return port.close();
    const samples = sound.push(data);
    live.push(samples);
    mine.feed(samples);
    if (fresh.push(samples) === 1) turns.port2.postMessage(undefined);
  };
}

function stopListening(): void {
  const sound = joined(live);
  live = [];
  show({ path: 'microphone', soundMs: durationMs(sound) }, sound, [], []);
}

function durationMs(sound: Int16Array): number {
  return Math.round((sound.length * 1000) / SAMPLE_RATE);
}

function send(heard: Heard, first: readonly string[] = []): void {
  for (const line of heard.lines) if (line.includes('"type":"playCue"')) sendCue(JSON.parse(line));
  page.postMessage({ type: 'heard', heard: { ...heard, lines: [...first, ...heard.lines] } });
}

function sendCue({ cue, volumePercent }: { readonly cue: Cue; readonly volumePercent: number }): void {
  const key = `${cue} ${volumePercent}`;
  if (sentCues.has(key)) return;
  sentCues.add(key);
  const samples = cues.render(cue, volumePercent);
  page.postMessage({ type: 'cue', cue, volumePercent, sampleRate: CUE_RATE, samples });
}

async function readGrammar(files: GrammarFiles, takes: boolean): Promise<void> {
  const { report, graph } = tries.read(files, await speaker.dictionary(), takes);
  const { commands } = speaker.hearing;
  const isTaken = graph !== undefined && commands !== undefined;
  if (isTaken) speaker = { ...speaker, hearing: { ...speaker.hearing, commands: { ...commands, graph } } };
  page.postMessage({ type: 'grammar', report: { ...report, isTaken } });
}

function understand(text: string): void {
  const meaning = tries.understand(text);
  if (meaning) page.postMessage({ type: 'meaning', text, meaning });
}
