import type { EventLine } from '../../tools/replay/expect/expectations';
import { CLASSES, FEATURES, FRAME_MS, type Heard } from '../worker/messages';

const ROW_FRAMES = 3;

type Numbers = Int8Array | Uint8Array | Uint16Array | Uint32Array | Int16Array;

/** A list of numbers that grows at its end. */
class Growing {
  #all: Numbers;
  #length = 0;

  constructor(readonly make: (length: number) => Numbers) {
    this.#all = make(1 << 12);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return index < this.#length ? (this.#all[index] as number) : 0;
  }

  push(values: Numbers): void {
    if (this.#length + values.length > this.#all.length) {
      const larger = this.make(2 * (this.#length + values.length));
      larger.set(this.#all);
      this.#all = larger;
    }
    this.#all.set(values, this.#length);
    this.#length += values.length;
  }
}

/** What one run of the speaker has heard and thought so far. */
export class HeardSoFar {
  frames = 0;
  readonly lines: string[] = [];
  readonly events: EventLine[] = [];
  readonly pictures: { readonly atMs: number; readonly rgb: string }[] = [];
  readonly features = new Growing((length) => new Int8Array(length));
  readonly wake = new Growing((length) => new Uint16Array(length));
  readonly flags = new Growing((length) => new Uint8Array(length));
  readonly confidence = new Growing((length) => new Uint16Array(length));
  readonly rows = new Growing((length) => new Uint8Array(length));
  /** By frame, 1 + the row of the phone model that tells of it; none while it is muted. */
  readonly #rowOf: number[] = [];
  #rowCount = 0;
  readonly pcm = new Growing((length) => new Int16Array(length));

  add(heard: Heard): void {
    this.frames += heard.frames;
    this.#push(heard.lines);
    this.pictures.push(...heard.pictures);
    this.features.push(heard.features);
    this.wake.push(heard.wake);
    this.flags.push(heard.flags);
    this.confidence.push(heard.confidence);
    this.rows.push(heard.rows);
    for (const frame of heard.rowFrames) this.#place(frame);
    if (heard.live) this.pcm.push(heard.live);
  }

  /** A session that was saved: what happened, without what it was heard from. */
  addLines(lines: readonly string[]): void {
    this.#push(lines);
    this.frames = Math.ceil((this.events.at(-1)?.atMs ?? 0) / FRAME_MS) + 1;
  }

  #push(lines: readonly string[]): void {
    for (const line of lines) {
      this.lines.push(line);
      this.events.push(JSON.parse(line) as EventLine);
    }
  }

  get endMs(): number {
    return this.frames * FRAME_MS;
  }

  feature(frame: number, channel: number): number {
    return this.features.at(frame * FEATURES + channel);
  }

  /** Of a phone, or of blank at 0, in the row of the phone model that came at that frame. */
  probability(frame: number, phone: number): number {
    const row = this.#rowOf[frame];
    return row === undefined ? 0 : this.rows.at((row - 1) * CLASSES + phone) / 255;
  }

  /** Up to which the phone model has told. */
  get phoneFrames(): number {
    return this.#rowOf.length;
  }

  /** A row came with this frame: it is shown over its three. */
  #place(frame: number): void {
    this.#rowCount += 1;
    for (let each = Math.max(0, frame - ROW_FRAMES + 1); each <= frame; each++)
      this.#rowOf[each] = this.#rowCount;
  }

  /** The picture that the ring shows at that time, as RRGGBB a pixel. */
  pictureAt(atMs: number): string {
    return lastUntil(this.pictures, atMs)?.rgb ?? '';
  }

  /** What the speaker is busy with at that time. */
  phaseAt(atMs: number): string {
    let phase = 'idle';
    for (const event of this.events) {
      if (event.atMs > atMs) break;
      if (event.type === 'phaseChanged') phase = String(event.to);
    }
    return phase;
  }

  mutedAt(atMs: number): boolean {
    let muted = false;
    for (const event of this.events) {
      if (event.atMs > atMs) break;
      if (event.type === 'muteChanged') muted = event.muted === true;
    }
    return muted;
  }
}

/** Of things in the order of their time, the last that is not later. */
export function lastUntil<T extends { readonly atMs: number }>(
  all: readonly T[],
  atMs: number,
): T | undefined {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as T).atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
}
