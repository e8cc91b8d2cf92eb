import type { Store } from '../../firmware/core/ports';
import { SampleClock } from '../../firmware/core/sample-clock';
import { type BootStep, Device, type MakeHome, type RecordPorts } from '../../firmware/device/device';
import { MemoryStore } from '../../firmware/fallbacks/memory-store';
import { ObligingHome } from '../../firmware/fallbacks/obliging-home';
import { TimedCues } from '../../firmware/fallbacks/timed-cues';
import type { MuteSpan } from './io/mute-spans';
import { RecordingRing } from './io/recording-ring';
import { replayLineTest } from './io/replay-lines';
import { ScriptedSwitch } from './io/scripted-switch';
import type { SimulatedEar } from './io/simulated-ear';
import { SteppedEar } from './io/stepped-ear';

export { HOP_SAMPLES } from './io/stepped-ear';

export interface SessionOptions {
  readonly ear: SimulatedEar;
  /** What the store holds when the power comes. */
  readonly stored?: Readonly<Record<string, string>>;
  readonly pixelCount: number;
  readonly mute: readonly MuteSpan[];
  /** When it begins, in milliseconds since 1970; unknown to the speaker unless said. */
  readonly epochMs?: number;
  /** Its store, where that is to outlast the session; `stored` is for one of its own. */
  readonly store?: Store;
  readonly record?: RecordPorts;
  /** Obliging unless said. */
  readonly makeHome?: MakeHome;
  /** Also write a `ringFrame` line whenever the ring's picture changes. */
  readonly ringFrames: boolean;
  /** Takes one event: a JSON object with `atMs` and `type` first, without a line break. */
  readonly write: (line: string) => void;
}

/** The laptop as a board: its device hears one recording. The count of samples heard is its only clock; the same recording
 * and options give the same lines under every JavaScript engine. */
export class Session {
  readonly #ear: SteppedEar;
  readonly #muteSwitch: ScriptedSwitch;
  readonly #clock: SampleClock;
  readonly #device: Device;

  constructor({
    ear,
    stored = {},
    store = new MemoryStore(stored),
    pixelCount,
    mute,
    epochMs,
    ringFrames,
    record,
    makeHome = (agenda, onDone) => new ObligingHome(agenda, onDone),
    write,
  }: SessionOptions) {
    const isOfReplay = replayLineTest();
    const print = (line: string): void => {
      if (isOfReplay(line)) write(line);
    };
    const onPicture = (rgb: string): void => {
      if (ringFrames) print(JSON.stringify({ atMs: this.atMs, type: 'ringFrame', rgb }));
    };
    this.#muteSwitch = new ScriptedSwitch({ spans: mute, onChanged: (muted) => this.#turnMute(muted) });
    this.#ear = new SteppedEar(ear, this.#muteSwitch);
    this.#clock = new SampleClock(this.#ear);
    this.#device = new Device({
      ear: this.#ear,
      muteSwitch: this.#muteSwitch,
      ring: new RecordingRing({ pixelCount, onPicture }),
      store,
      ...(record ? { record } : {}),
      clock: this.#clock,
      resetReason: 'powerOn',
      print,
      makeCues: (agenda, onEnded) => new TimedCues(agenda, onEnded),
      makeHome,
    });
    this.#boot();
    if (epochMs !== undefined) this.#device.tellTime(epochMs);
  }

  get device(): Device {
    return this.#device;
  }

  /** Milliseconds of sound heard so far. */
  get atMs(): number {
    return this.#clock.nowMs;
  }

  /** Hears the next 10 ms and does what follows from them. False when the recording is over. */
  step(): boolean {
    if (!this.#ear.step()) return false;
    this.#device.advance();
    return true;
  }

  /** Moves the mute switch by hand. */
  setMuted(muted: boolean): void {
    this.#muteSwitch.move(muted);
  }

  /** The ear comes with all that it is to hear; only the loudspeaker is to be opened. */
  #boot(): void {
    const openCues: BootStep = {
      stage: 'sound',
      run: (done) => {
        this.#device.openCues();
        done();
      },
    };
    const turns: (() => void)[] = [];
    const soon = (turn: () => void): void => void turns.push(turn);
    this.#device.boot([openCues], soon, () => {});
    for (let turn = turns.shift(); turn; turn = turns.shift()) turn();
  }

  /** The gate is the switch's own: it does not wait for the core. */
  #turnMute(muted: boolean): void {
    this.#ear.turnGate();
    this.#device.tellMute(muted);
    this.#device.advance();
  }
}
