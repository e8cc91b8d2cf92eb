import { below, COMMANDS, isQuiet, pick } from './lively-house';
import Timer from './timer';
import { nowOfWorld } from './world';

const SAMPLES_PER_MS = 16;
const HOP_SAMPLES = 160;
/** As the native: the contact must have been off for a while, and old buffers must have gone by. */
const OPENS_AFTER_MS = 90;

/** The chip's ear in a lively house, without sound: words come by themselves, and commands while it listens. */
export default class LivelyEar {
  onReadable: (() => void) | undefined;
  switchMuted = false;
  readonly levelDb = undefined;
  #asksForMute = false;
  #isOpen = false;
  #isListening = false;
  #events: string[] = [];
  #startMs = 0;

  configure(): void {}
  setSensitivity(): void {}
  setGuard(): void {}

  start(): void {
    this.#startMs = nowOfWorld();
    Timer.set(() => this.#open(), OPENS_AFTER_MS);
    Timer.set(() => this.#say(), 1_000);
    Timer.set(() => this.#moveSwitch(), 45_000);
  }

  listen(): void {
    if (!this.#isOpen) return;
    this.#isListening = true;
    Timer.set(() => this.#answer(), 400 + below(1_500));
  }

  stopListening(): void {
    this.#isListening = false;
  }

  setMuted(muted: boolean): void {
    this.#asksForMute = muted;
    this.#turnGate();
  }

  takeEvent(): string | undefined {
    return this.#events.shift();
  }

  get muted(): boolean {
    return !this.#isOpen;
  }

  get elapsedSamples(): number {
    const samples = (nowOfWorld() - this.#startMs) * SAMPLES_PER_MS;
    return samples - (samples % HOP_SAMPLES);
  }

  close(): void {}

  /** A wake word, or something like one, every few seconds. */
  #say(): void {
    Timer.set(() => this.#say(), 4_000 + below(16_000));
    if (isQuiet() || !this.#isOpen) return;
    const word = pick(['jarvis', 'computer']);
    const confidence = below(1_000) / 1_000;
    const kind = below(10);
    if (kind === 0) this.#tell({ type: 'audioOverran', lostSamples: 160 * (1 + below(9)) });
    else if (kind === 1) this.#tell({ type: 'eventsLost', count: 1 + below(5) });
    else if (kind < 4)
      this.#tell({ type: 'nearMiss', word, confidence, reason: 'vetoed', levelDb: -below(60) });
    else this.#tell({ type: 'wakeWordHeard', word, confidence });
  }

  #answer(): void {
    if (!this.#isListening || !this.#isOpen) return;
    this.#tell({ type: 'speechStarted' });
    const kind = below(8);
    this.#isListening = false;
    if (kind === 0) this.#tell({ type: 'speechEnded', reason: 'silence' });
    else if (kind === 1) this.#tell({ type: 'speechEnded', reason: 'notUnderstood' });
    else this.#tell({ type: 'commandHeard', confidence: 0.9, tokens: pick(COMMANDS) });
  }

  #moveSwitch(): void {
    if (isQuiet()) this.switchMuted = false;
    else this.switchMuted = !this.switchMuted;
    Timer.set(() => this.#moveSwitch(), this.switchMuted ? 500 + below(20_000) : 10_000 + below(70_000));
    this.#turnGate();
  }

  #turnGate(): void {
    if (this.switchMuted || this.#asksForMute) {
      this.#isOpen = false;
      this.#isListening = false;
      this.#events.length = 0;
      this.onReadable?.();
    } else Timer.set(() => this.#open(), OPENS_AFTER_MS);
  }

  #open(): void {
    if (this.switchMuted || this.#asksForMute || this.#isOpen) return;
    this.#isOpen = true;
    this.onReadable?.();
  }

  #tell(event: object): void {
    this.#events.push(JSON.stringify({ ...event, sample: this.elapsedSamples }));
    this.onReadable?.();
  }
}
