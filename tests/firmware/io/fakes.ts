/** Own small stand-ins for the natives of the chip, as their declarations describe them. */
import type { NativeHearing } from '../../../firmware/core/hearing';
import type { Cue } from '../../../firmware/core/ports';
import type { RingOptions } from '../../../firmware/esp32/ring';

export class FakeRing {
  static readonly pictures: string[] = [];
  /** While true, the wire still carries the picture before. */
  static isBusy = false;
  readonly pixelCount: number;
  #isClosed = false;

  constructor({ pixels }: RingOptions) {
    if (!Number.isInteger(pixels) || pixels < 1 || pixels > 1024)
      throw new RangeError(`pixels must be 1 to 1024`);
    this.pixelCount = pixels;
  }

  show(rgb: Uint8Array): boolean {
    if (this.#isClosed) throw new Error('closed');
    if (FakeRing.isBusy) return false;
    FakeRing.pictures.push(Buffer.from(rgb).toString('hex'));
    return true;
  }

  close(): void {
    if (!this.#isClosed) FakeRing.pictures.push('dark');
    this.#isClosed = true;
  }
}

/** A loudspeaker that sounds until it is told that time has passed. */
export class FakeLoudspeaker {
  static made: FakeLoudspeaker[] = [];
  readonly played: string[] = [];
  onEnded?: () => void;
  #isSounding = false;
  #isClosed = false;

  constructor({ sampleRate }: { readonly sampleRate: number }) {
    if (!(sampleRate >= 8000 && sampleRate <= 48000))
      throw new RangeError('sampleRate must be 8000 to 48000');
    FakeLoudspeaker.made.push(this);
  }

  play(cue: Cue, volumePercent: number): void {
    this.end();
    this.played.push(`${cue} ${volumePercent}`);
    this.#isSounding = true;
  }

  stop(): void {
    this.end();
  }

  end(): void {
    if (!this.#isSounding) return;
    this.#isSounding = false;
    this.onEnded?.();
  }

  close(): void {
    if (this.#isClosed) throw new Error('closed twice');
    this.#isClosed = true;
  }
}

/** `config.board.mic` of some board. */
export const MICROPHONE = {
  bus: 'i2s',
  clock: 4,
  select: 5,
  data: 6,
  role: 'primary',
  slotBits: 32,
  channel: 'left',
} as const;

export class FakeEar {
  static made: FakeEar[] = [];
  readonly calls: string[] = [];
  readonly events: string[] = [];
  readonly hearings: NativeHearing<object>[] = [];
  onReadable?: () => void;
  /** What the switch's contact says. */
  switchMuted = false;
  /** Whether the task has opened the gate; it takes its time after a mute. */
  isOpen = false;
  elapsedSamples = 0;
  readonly levelDb: number | undefined = -40;
  readonly internalBytes = 0;
  readonly externalBytes = 0;
  readonly stackLeftBytes = 0;
  #asksForMute = false;
  #isClosed = false;

  constructor(options: { readonly microphone: { readonly clock: number } }) {
    if (typeof options.microphone?.clock !== 'number') throw new TypeError('microphone.clock is missing');
    FakeEar.made.push(this);
  }

  get muted(): boolean {
    return this.switchMuted || this.#asksForMute || !this.isOpen;
  }

  configure(hearing: NativeHearing<object>): void {
    this.hearings.push(hearing);
  }
  setSensitivity(...all: readonly unknown[]): void {
    this.#note('setSensitivity', all);
  }
  setGuard(...all: readonly unknown[]): void {
    this.#note('setGuard', all);
  }
  start(): void {
    this.#note('start', []);
  }
  listen(...all: readonly unknown[]): void {
    this.#note('listen', all);
  }
  stopListening(): void {
    this.#note('stopListening', []);
  }
  setMuted(muted: boolean): void {
    this.#note('setMuted', [muted]);
    this.#asksForMute = muted;
    if (muted) this.events.length = 0;
  }
  takeEvent(): string | undefined {
    if (this.#isClosed) throw new Error('the ear is closed');
    return this.events.shift();
  }
  step(): boolean {
    this.elapsedSamples += 160;
    return true;
  }
  close(): void {
    if (this.#isClosed) throw new Error('closed twice');
    this.#isClosed = true;
    this.#note('close', []);
  }

  #note(name: string, all: readonly unknown[]): void {
    this.calls.push([name, ...all].join(' '));
  }
}

export class FakeStorage {
  readonly values = new Map<string, unknown>();
  closed = 0;

  read(key: string): unknown {
    const value = this.values.get(key);
    if (value !== undefined && typeof value !== 'string') throw new TypeError('mismatch');
    return value;
  }
  write(key: string, value: string): void {
    this.values.set(key, value);
  }
  delete(key: string): void {
    this.values.delete(key);
  }
  close(): void {
    this.closed += 1;
  }
}
