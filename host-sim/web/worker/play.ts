import { equip } from '../../../firmware/core/hearing';
import { SETTINGS } from '../../../firmware/core/settings';
import { HOP_SAMPLES, Session } from '../../sim/session';
import { WasmEar } from '../../sim/wasm/wasm-ear';
import type { EventLine } from '../../tools/replay/expect/expectations';
import { jsonLine } from '../../tools/replay/timeline/json-lines';
import { FEATURES, type Heard, LISTENING, LOOKING, MUTED, type Script } from './messages';
import { PhoneWatch } from './phone-watch';
import type { Speaker } from './speaker';

/** A speaker that was just switched on hears one recording, or a microphone; notes what it thinks on the way. */
export class Play {
  readonly run: number;
  readonly #ear: WasmEar;
  readonly #session: Session;
  readonly #phones: PhoneWatch | undefined;
  readonly #pressesMs: number[];
  #waiting: Int16Array[] = [];
  #frame = 0;
  #ownFrames = 0;
  #wasMuted = false;
  #notes: Notes;

  constructor(speaker: Speaker, run: number, file: string, { mute, pressesMs, sensitivity }: Script) {
    this.run = run;
    this.#notes = new Notes(0);
    this.#pressesMs = [...pressesMs].sort((a, b) => a - b);
    this.#ear = new WasmEar(speaker.natives);
    equip(this.#ear, speaker.hearing);
    const { commands } = speaker.hearing;
    this.#phones = commands && new PhoneWatch(speaker.natives, commands.phones);
    this.#session = new Session({
      ear: this.#ear,
      stored: { [SETTINGS.sensitivity.name]: sensitivity },
      pixelCount: speaker.facts.ringPixels,
      mute,
      ringFrames: true,
      write: (line) => this.#note(line, file),
    });
  }

  get atMs(): number {
    return this.#session.atMs;
  }

  /** Appends 16 kHz mono sound to what it is to hear. */
  feed(pcm: Int16Array): void {
    this.#ear.feed(pcm);
    if (pcm.length > 0) this.#waiting.push(pcm);
  }

  /** Hears the next 10 ms. False when the sound is over. */
  step(): boolean {
    while ((this.#pressesMs[0] ?? Number.POSITIVE_INFINITY) <= this.#session.atMs) {
      this.#pressesMs.shift();
      this.press();
    }
    if (!this.#session.step()) return false;
    this.#look();
    this.#frame += 1;
    return true;
  }

  /** How many samples wait to be heard. */
  get waitingSamples(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0);
  }

  press(): void {
    this.#session.device.tellButton();
  }

  setMuted(muted: boolean): void {
    this.#session.setMuted(muted);
  }

  /** What came since it was asked last. */
  take(): Heard {
    const heard = this.#notes.heard(this.run, this.#frame);
    this.#notes = new Notes(this.#frame);
    return heard;
  }

  #note(line: string, file: string): void {
    const event = JSON.parse(line) as EventLine;
    if (event.type === 'ringFrame') this.#notes.pictures.push({ atMs: event.atMs, rgb: String(event.rgb) });
    else this.#notes.lines.push(jsonLine(event, file));
  }

  #look(): void {
    const ear = this.#ear;
    const { muted } = this.#session.device.runtime.state;
    const hop = this.#nextHop();
    if (muted !== this.#wasMuted) this.#phones?.reset();
    this.#wasMuted = muted;
    if (!muted) this.#phones?.hear(hop, (row) => this.#notes.addRow(row, this.#frame));
    const ownFrames = ear.tap('frames');
    const isHeard = ownFrames !== this.#ownFrames && !muted;
    this.#ownFrames = ownFrames;
    for (let channel = 0; channel < FEATURES; channel++)
      this.#notes.features.push(isHeard ? ear.tap('feature', channel) : -128);
    this.#notes.wake.push(Math.min(65_535, muted ? 0 : ear.tap('wake_mean')));
    this.#notes.confidence.push(ear.tap('confidence'));
    this.#notes.flags.push(
      (muted ? MUTED : 0) | (ear.tap('is_looking') ? LOOKING : 0) | (ear.tap('is_listening') ? LISTENING : 0),
    );
  }

  /** The samples that were just heard. */
  #nextHop(): Int16Array {
    const hop = new Int16Array(HOP_SAMPLES);
    let filled = 0;
    for (let first = this.#waiting[0]; first && filled < HOP_SAMPLES; first = this.#waiting[0]) {
      const taken = first.subarray(0, HOP_SAMPLES - filled);
      hop.set(taken, filled);
      filled += taken.length;
      if (taken.length === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(taken.length);
    }
    return hop;
  }
}

/** Gathered between two messages. */
class Notes {
  readonly lines: string[] = [];
  readonly pictures: { atMs: number; rgb: string }[] = [];
  readonly features: number[] = [];
  readonly wake: number[] = [];
  readonly flags: number[] = [];
  readonly confidence: number[] = [];
  readonly #rows: Uint8Array[] = [];
  readonly #rowFrames: number[] = [];

  constructor(readonly fromFrame: number) {}

  addRow(row: Uint8Array, frame: number): void {
    this.#rows.push(row);
    this.#rowFrames.push(frame);
  }

  heard(run: number, frame: number): Heard {
    const rows = new Uint8Array(this.#rows.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const row of this.#rows) {
      rows.set(row, at);
      at += row.length;
    }
    return {
      run,
      fromFrame: this.fromFrame,
      frames: frame - this.fromFrame,
      lines: this.lines,
      pictures: this.pictures,
      features: Int8Array.from(this.features),
      wake: Uint16Array.from(this.wake),
      flags: Uint8Array.from(this.flags),
      confidence: Uint16Array.from(this.confidence),
      rows,
      rowFrames: Uint32Array.from(this.#rowFrames),
    };
  }
}
