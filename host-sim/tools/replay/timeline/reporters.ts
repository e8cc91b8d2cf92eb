import { Paint, type Terminal, terminalOf } from '../../../cli/terminal';
import type { LoadedSpeaker } from '../../../packages/speaker';
import type { EventLine } from '../expect/expectations';
import { describeSpeaker, headRecording, indented, RING_LEGEND } from './heading';
import { jsonLine, type OpenedRecording, openedEvent } from './json-lines';
import { LiveLine } from './live-line';
import { type CloseTest, closeTestOf } from './near-miss';
import { type Progress, progressBar } from './progress';
import { endsListening, type Outcome, summarizeOne } from './summary';
import { GLANCE_MS, LIVE_GLANCE_MS, Timeline } from './timeline';
import { describeDuration, describeMinutes, describeTime } from './wording';

/** Shows recordings while they are replayed. */
export interface Reporter {
  begin(recording: OpenedRecording): void;
  event(event: EventLine): void;
  /** Time passes without an event; only called when somebody is waiting. */
  tick(atMs: number): void;
  /** Something to know that is no event. */
  note(text: string): void;
  end(outcome: Outcome, takenMs: number): void;
}

/** One event a line, with the recording to which it belongs, for tools. */
export class JsonReporter implements Reporter {
  readonly #print: (line: string) => void;
  #file = '';

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  begin(recording: OpenedRecording): void {
    this.#file = recording.path;
    this.#print(JSON.stringify(openedEvent(recording)));
  }

  event(event: EventLine): void {
    this.#print(jsonLine(event, this.#file));
  }

  tick(): void {}

  note(text: string): void {
    console.error(`earshot: ${text}`);
  }

  end(): void {}
}

/** Only how far it is: for more recordings than anybody would read one by one. */
export class ProgressReporter implements Reporter {
  readonly #progress: Progress;
  #done = 0;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  begin({ path }: OpenedRecording): void {
    this.#progress.show(this.#done, path.split(/[\\/]/).at(-1) as string);
  }

  event(): void {}

  tick(): void {}

  note(): void {}

  end(): void {
    this.#done++;
  }
}

/** From here on a person wants to see how far it is. */
const LONG_MS = 60_000;
const STILL_LISTENING =
  'the recording ends while the speaker still listens: what was said last may be cut off; --silence adds to its end';

export interface TimelineReporterOptions {
  readonly speaker: LoadedSpeaker;
  readonly terminal: Terminal;
  readonly frames: boolean;
  /** Somebody is waiting: rows come sooner, and the ring moves on the last line of an interactive terminal. */
  readonly isLive: boolean;
  readonly writeText: (text: string) => void;
}

export class TimelineReporter implements Reporter {
  readonly #options: TimelineReporterOptions;
  readonly #paint: Paint;
  readonly #liveLine: LiveLine | undefined;
  readonly #isClose: CloseTest;
  #timeline: Timeline | undefined;
  #isFirst = true;
  #soundMs: number | undefined;

  constructor(options: TimelineReporterOptions) {
    this.#options = options;
    this.#paint = new Paint(options.terminal.hasColor);
    this.#isClose = closeTestOf(options.speaker);
    this.#liveLine = options.terminal.isInteractive ? new LiveLine(options.writeText) : undefined;
  }

  begin({ path, soundMs, conversion, hint }: OpenedRecording): void {
    const length = soundMs === undefined ? undefined : describeDuration(Math.round(soundMs / 100) / 10);
    const facts = [length, conversion, hint].filter((fact) => fact !== undefined);
    const { isLive, frames, speaker, terminal } = this.#options;
    if (this.#isFirst) {
      this.print(`\n  ${this.#faint(describeSpeaker(speaker))}`);
      if (!this.#paint.hasColor) this.print(`  ${this.#faint(RING_LEGEND)}`);
    }
    this.#isFirst = false;
    this.#soundMs = soundMs;
    this.print(`\n  ${headRecording(path, facts, this.#paint, terminal.width())}\n`);
    this.#timeline = new Timeline({
      paint: this.#paint,
      ringPixels: speaker.board.ringPixels,
      frames,
      glanceMs: isLive ? LIVE_GLANCE_MS : GLANCE_MS,
      width: terminal.width,
      write: (line) => this.print(line),
    });
    this.#timeline.header();
  }

  event(event: EventLine): void {
    if (event.type !== 'nearMiss' || this.#isClose(event)) this.#timeline?.take(event);
    this.tick(event.atMs);
  }

  tick(atMs: number): void {
    if (!this.#timeline) return;
    this.#timeline.settle(atMs);
    const line = this.#options.isLive ? this.#timeline.liveLine(atMs) : this.#position(atMs);
    if (line !== undefined) this.#liveLine?.update(line);
  }

  note(text: string): void {
    for (const line of text.split('\n'))
      this.print(`  ${this.#paint.style(indented(line, this.#options.terminal.width()), 'amber')}`);
  }

  /** How far within a recording that is long enough to wait for. */
  #position(atMs: number): string | undefined {
    const soundMs = this.#soundMs ?? 0;
    if (soundMs < LONG_MS) return undefined;
    const times = `${describeMinutes(Math.min(atMs, soundMs))} of ${describeMinutes(soundMs)}`;
    return `  ${progressBar(Math.min(1, atMs / soundMs))} ${this.#faint(times)}`;
  }

  #faint(text: string): string {
    return indented(text, this.#options.terminal.width(), (line) => this.#paint.style(line, 'faint'));
  }

  end(outcome: Outcome, takenMs: number): void {
    this.#timeline?.flush();
    this.#liveLine?.clear();
    const summary = summarizeOne(outcome, this.#isClose, this.#options.isLive ? undefined : takenMs);
    if (outcome.stoppedMs !== undefined)
      this.print(`\n  ${this.#paint.style(`stopped at ${describeTime(outcome.stoppedMs)}`, 'amber')}`);
    else if (!this.#options.isLive && endsListening(outcome))
      this.print(
        `\n  ${this.#paint.style(indented(STILL_LISTENING, this.#options.terminal.width()), 'amber')}`,
      );
    this.print(`\n  ${this.#faint(summary)}`);
  }

  print(line: string): void {
    if (this.#liveLine) this.#liveLine.print(line);
    else this.#options.writeText(`${line}\n`);
  }
}

/** The timeline where people read it, in colour when the terminal has it. */
export function timelineOnStdout(speaker: LoadedSpeaker, frames: boolean, isLive: boolean): TimelineReporter {
  const terminal = terminalOf(process.stdout, process.env);
  return new TimelineReporter({
    speaker,
    terminal,
    frames,
    isLive,
    writeText: (text) => void process.stdout.write(text),
  });
}
