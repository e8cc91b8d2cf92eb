import type { EventLine } from '../../tools/replay/expect/expectations';
import type { OpenedRecording } from '../../tools/replay/timeline/json-lines';
import type { Script, SpeakerFacts } from '../worker/messages';
import { BoardView } from './board';
import { caption, stateInWords } from './captions';
import { find, make, say } from './elements';
import { Engine } from './engine';
import { EventList } from './event-list';
import { HeardSoFar } from './heard-so-far';
import { Microphone, microphoneTrouble } from './microphone';
import { baseName, download, expectationText, sessionLines } from './share';
import { Peaks } from './timeline/peaks';
import { Timeline } from './timeline/timeline';
import { Transport } from './transport';
import { TryWords } from './try-words';
import { Verdicts } from './verdicts';
import { explain } from './why';

const SILENCE_MS = 1500;
const FOREVER_MS = 86_400_000;
/** So much has to be known beyond the place that plays before another run takes over. */
const AHEAD_MS = 300;

class Page {
  readonly #engine: Engine;
  readonly #facts: SpeakerFacts;
  readonly #board: BoardView;
  readonly #timeline: Timeline;
  readonly #list: EventList;
  readonly #tries: TryWords;
  readonly #transport = new Transport(() => {});
  #recording: OpenedRecording = { path: '' };
  #script: Script = { mute: [], pressesMs: [], sensitivity: 'normal' };
  #run = 0;
  #heard = new HeardSoFar();
  /** A run that has not caught up with the place that plays. */
  #coming: HeardSoFar | undefined;
  #isEnded = false;
  #peaks = new Peaks();
  #microphone: Microphone | undefined;
  #isMutedByHand: boolean | undefined;
  #chosen: EventLine | undefined;
  readonly #verdicts = new Verdicts(() => this.#explain());

  constructor(engine: Engine, facts: SpeakerFacts) {
    this.#engine = engine;
    this.#facts = facts;
    this.#board = new BoardView(find('board'), facts.ringPixels, {
      move: (muted) => this.#move(muted),
      press: () => this.#press(),
    });
    this.#timeline = new Timeline(find('timeline'), {
      seek: (atMs) => this.#transport.seek(atMs),
      choose: (event) => this.#choose(event),
      toggle: () => this.#toggle(),
    });
    this.#list = new EventList(find('events'), (event) => this.#choose(event));
    this.#tries = new TryWords(find('tries'), facts.grammar, {
      read: (files, takes) => engine.order({ type: 'readGrammar', files, takes }),
      understand: (text) => engine.order({ type: 'understand', text }),
    });
    this.#hearEngine();
    this.#hearPerson();
    this.#explain();
    requestAnimationFrame(() => this.#frame());
    engine.order({ type: 'openBundled' });
  }

  #hearEngine(): void {
    const engine = this.#engine;
    engine.on('opened', ({ recording, pcm, mute, remarks }) => {
      this.#recording = recording;
      this.#script = { ...this.#script, mute, pressesMs: [] };
      this.#peaks = new Peaks();
      this.#peaks.add(pcm);
      this.#transport.load(pcm, Math.round(pcm.length / 16) + SILENCE_MS);
      this.#setSource([recording.path, recording.conversion, ...remarks].filter(Boolean).join(' · '));
      this.#coming = undefined;
      this.#heard = new HeardSoFar();
      this.#replay();
    });
    engine.on('heard', ({ heard }) => {
      if (heard.run !== this.#run) return;
      (this.#coming ?? this.#heard).add(heard);
      if (heard.live) this.#takeLive(heard.live, heard.lines);
      this.#timeline.refresh();
      this.#takeOver();
      this.#list.refresh();
    });
    engine.on('ended', ({ run }) => {
      if (run !== this.#run) return;
      this.#isEnded = true;
      this.#takeOver();
    });
    engine.on('foreign', ({ name, what, bytes }) => void this.#decode(name, what, bytes));
    engine.on('cue', ({ cue, volumePercent, sampleRate, samples }) =>
      this.#transport.addCue(`${cue} ${volumePercent}`, { sampleRate, samples }),
    );
    engine.on('grammar', ({ report }) => {
      this.#tries.showReport(report);
      if (report.isTaken && !this.#microphone) this.#replay();
    });
    engine.on('meaning', ({ meaning }) => this.#tries.showMeaning(meaning));
    engine.on('refused', ({ what }) => say(`It cannot be heard: ${what}.`));
    engine.on('failed', ({ what }) => {
      console.error(what);
      say('Something went wrong inside; the console tells more.');
    });
  }

  #hearPerson(): void {
    const bundled = find<HTMLButtonElement>('bundled');
    const play = find<HTMLButtonElement>('play');
    const microphone = find<HTMLButtonElement>('microphone');
    for (const button of [bundled, play, microphone]) button.disabled = false;
    play.addEventListener('click', () => this.#toggle());
    const sensitivity = find<HTMLSelectElement>('sensitivity');
    sensitivity.disabled = false;
    sensitivity.addEventListener('change', () => {
      this.#script = { ...this.#script, sensitivity: sensitivity.value as Script['sensitivity'] };
      if (!this.#microphone) this.#replay();
    });
    bundled.addEventListener('click', () => {
      this.#closeMicrophone();
      this.#engine.order({ type: 'openBundled' });
    });
    microphone.addEventListener('click', () => void this.#useMicrophone());
    const file = find<HTMLInputElement>('file');
    file.disabled = false;
    file.addEventListener('change', () => {
      if (file.files?.[0]) void this.#open(file.files[0]);
      file.value = '';
    });
    addEventListener('dragover', (event) => {
      event.preventDefault();
      document.body.classList.add('dropping');
    });
    addEventListener('dragleave', () => document.body.classList.remove('dropping'));
    addEventListener('drop', (event) => {
      event.preventDefault();
      document.body.classList.remove('dropping');
      const dropped = event.dataTransfer?.files[0];
      if (dropped) void this.#open(dropped);
    });
    find('events').append(
      make(
        'div',
        { class: 'buttons' },
        make('button', { type: 'button', onclick: () => this.#save() }, 'Save the events'),
        make('button', { type: 'button', onclick: () => this.#saveExpectation() }, 'Save as expectation'),
      ),
    );
  }

  #replay(): void {
    this.#run += 1;
    this.#isEnded = false;
    if (this.#heard.frames > 0) this.#coming = new HeardSoFar();
    this.#engine.order({ type: 'replay', run: this.#run, script: this.#script });
    if (!this.#coming) this.#showHeard();
    this.#board.enable(true);
  }

  /** The newer run is shown once it has come as far as we are. */
  #takeOver(): void {
    const coming = this.#coming;
    if (!coming || !(this.#isEnded || coming.endMs >= this.#transport.atMs + AHEAD_MS)) return;
    this.#heard = coming;
    this.#coming = undefined;
    this.#isMutedByHand = undefined;
    this.#showHeard();
  }

  #showHeard(): void {
    const { sensitivity } = this.#script;
    this.#timeline.show(
      { heard: this.#heard, peaks: this.#peaks, facts: this.#facts, sensitivity, chosen: undefined },
      this.#transport.endMs,
    );
    this.#transport.follow(this.#heard.events);
    this.#list.show(this.#heard.events);
    this.#chosen = undefined;
    this.#explain();
  }

  #choose(event: EventLine): void {
    const { sensitivity } = this.#script;
    this.#transport.seek(event.atMs);
    this.#list.mark(event);
    this.#timeline.show(
      { heard: this.#heard, peaks: this.#peaks, facts: this.#facts, sensitivity, chosen: event },
      this.#transport.endMs,
    );
    this.#chosen = event;
    this.#explain();
  }

  #explain(): void {
    explain(this.#chosen, this.#heard, this.#facts, this.#script.sensitivity, this.#verdicts);
  }

  #toggle(): void {
    if (this.#microphone) return this.#closeMicrophone();
    if (this.#transport.isPlaying) this.#transport.pause();
    else this.#transport.play();
  }

  /** From here on the switch is as the person left it. */
  #move(muted: boolean): void {
    this.#isMutedByHand = muted;
    if (this.#microphone) return this.#engine.order({ type: 'move', muted });
    const atMs = Math.round(this.#transport.atMs);
    const before = this.#script.mute
      .filter(({ startMs }) => startMs < atMs)
      .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, atMs) }))
      .filter(({ startMs, endMs }) => endMs > startMs);
    const mute = muted ? [...before, { startMs: atMs, endMs: FOREVER_MS }] : before;
    this.#script = { ...this.#script, mute };
    this.#replay();
  }

  #press(): void {
    if (this.#microphone) return this.#engine.order({ type: 'press' });
    const atMs = Math.round(this.#transport.atMs);
    const pressesMs = [...this.#script.pressesMs.filter((each) => each < atMs), atMs];
    this.#script = { ...this.#script, pressesMs };
    this.#replay();
  }

  async #open(file: File): Promise<void> {
    this.#closeMicrophone();
    const bytes = await file.arrayBuffer();
    if (/\.jsonl?$/.test(file.name)) return this.#openSession(file.name, new TextDecoder().decode(bytes));
    this.#setSource(`Reading ${file.name}…`);
    this.#engine.order({ type: 'openFile', name: file.name, bytes }, bytes);
  }

  #openSession(name: string, text: string): void {
    try {
      const heard = new HeardSoFar();
      heard.addLines(sessionLines(text));
      this.#run += 1;
      this.#coming = undefined;
      this.#heard = heard;
      this.#peaks = new Peaks();
      this.#transport.load(new Int16Array(), heard.endMs);
      this.#isEnded = true;
      this.#showHeard();
      this.#board.enable(false);
      this.#setSource(`${name} · events without sound`);
    } catch (error) {
      say(`${name} is no session: ${(error as Error).message}.`);
    }
  }

  async #decode(name: string, what: string, bytes: ArrayBuffer): Promise<void> {
    try {
      const decoded = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
      const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) =>
        decoded.getChannelData(index),
      );
      this.#engine.order({ type: 'openSound', name, what, sampleRate: decoded.sampleRate, channels });
    } catch {
      say(`${name} is ${what} that this browser cannot read; WAV, FLAC or Ogg/Opus would be right.`);
    }
  }

  async #useMicrophone(): Promise<void> {
    if (this.#microphone) return this.#closeMicrophone();
    try {
      this.#microphone = await Microphone.open();
    } catch (error) {
      return say(microphoneTrouble(error));
    }
    const { port, sampleRate } = this.#microphone;
    this.#run += 1;
    this.#script = { ...this.#script, mute: [], pressesMs: [] };
    this.#heard = new HeardSoFar();
    this.#coming = undefined;
    this.#isEnded = false;
    this.#peaks = new Peaks();
    this.#transport.load(new Int16Array(), 1);
    this.#showHeard();
    this.#board.enable(true);
    this.#setSource('The microphone of this device. What it hears stays in this tab.');
    find('microphone').textContent = 'Stop the microphone';
    this.#engine.order({ type: 'listen', run: this.#run, sampleRate, port, script: this.#script }, port);
  }

  #closeMicrophone(): void {
    if (!this.#microphone) return;
    this.#microphone.close();
    this.#microphone = undefined;
    this.#isMutedByHand = undefined;
    find('microphone').textContent = 'Use the microphone';
    this.#engine.order({ type: 'stopListening' });
  }

  #takeLive(samples: Int16Array, lines: readonly string[]): void {
    this.#peaks.add(samples);
    this.#transport.endMs = this.#heard.endMs;
    this.#timeline.extend(this.#heard.endMs);
    for (const line of lines) this.#transport.soundNow(JSON.parse(line) as EventLine);
  }

  #save(): void {
    download(`${baseName(this.#recording.path)}.events.jsonl`, `${this.#heard.lines.join('\n')}\n`);
    say('Saved what was heard and done; no sound is in it.');
  }

  #saveExpectation(): void {
    const { path, soundMs = this.#heard.endMs } = this.#recording;
    download(`${baseName(path)}.expected.json`, expectationText(path, soundMs, this.#heard.events));
    say(`Saved for: earshot replay ${path} --expect ${baseName(path)}.expected.json`);
  }

  #setSource(text: string): void {
    find('source').textContent = text;
  }

  #frame(): void {
    this.#transport.advance();
    const isLive = this.#microphone !== undefined;
    const atMs = isLive ? this.#heard.endMs : this.#transport.atMs;
    const muted = this.#isMutedByHand ?? this.#heard.mutedAt(atMs);
    this.#board.show(this.#heard.pictureAt(atMs), muted);
    this.#timeline.paint(atMs, this.#transport.isPlaying || isLive);
    setText('caption', caption(this.#heard.events, atMs));
    setText('now', stateInWords(this.#heard.phaseAt(atMs), muted, this.#facts));
    const isPlaying = this.#transport.isPlaying;
    find('timeline').dataset.state = this.#isEnded && !this.#coming ? 'heard' : 'hearing';
    setText('play', isLive ? 'Stop' : isPlaying ? 'Pause' : this.#playText());
    requestAnimationFrame(() => this.#frame());
  }

  #playText(): string {
    const isBundled = this.#recording.path === 'kitchen.wav';
    return this.#transport.atMs > 0 && !this.#transport.isAtEnd
      ? 'Go on'
      : isBundled
        ? 'Play a morning in a kitchen'
        : 'Play';
  }
}

function setText(id: string, text: string): void {
  const element = find(id);
  if (element.textContent !== text) element.textContent = text;
}

async function begin(): Promise<void> {
  const engine = await Engine.start();
  engine.on('ready', ({ facts }) => {
    new Page(engine, facts);
  });
  engine.on('failed', ({ what }) => setText('now', `The speaker could not start: ${what}`));
}

document.addEventListener('DOMContentLoaded', () => {
  const [address = ''] = location.href.split('#');
  find<HTMLAnchorElement>('keep').href = address; // wherever it lies, under whatever name
  void begin();
});
