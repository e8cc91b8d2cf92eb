import { Agenda } from '../../firmware/core/agenda';
import type { Cues } from '../../firmware/core/ports';
import { Speaker, type SpeakerSettings } from '../../firmware/core/speaker';
import { ObligingHome } from '../../firmware/fallbacks/obliging-home';
import { TimedCues } from '../../firmware/fallbacks/timed-cues';
import { type MuteSpan, SAMPLES_PER_MS } from './io/mute-spans';
import { RecordingRing } from './io/recording-ring';
import { ScriptedSwitch } from './io/scripted-switch';
import type { SimulatedEar } from './io/simulated-ear';

export interface SessionOptions {
  readonly ear: SimulatedEar;
  readonly settings: SpeakerSettings;
  readonly pixelCount: number;
  readonly mute: readonly MuteSpan[];
  /** Also write a `ringFrame` line whenever the ring's picture changes. */
  readonly ringFrames: boolean;
  /** Takes one event: a JSON object with `atMs` and `type` first, without a line break. */
  readonly write: (line: string) => void;
}

/** One step of the simulated speaker, and the length of the ear's frame. */
export const HOP_SAMPLES = 160;

/** One speaker hearing one recording. The count of samples heard is its only clock; the same recording and options give
 * the same lines under every JavaScript engine. */
export class Session {
  readonly #ear: SimulatedEar;
  readonly #speaker: Speaker;
  readonly #agenda = new Agenda();
  readonly #muteSwitch: ScriptedSwitch;
  #heardSamples = 0;

  constructor(options: SessionOptions) {
    const { ear, settings, pixelCount, ringFrames, write } = options;
    this.#ear = ear;
    this.#muteSwitch = new ScriptedSwitch({
      spans: options.mute,
      onChanged: (muted) => this.#turnMute(muted),
    });
    const ring = new RecordingRing({
      pixelCount,
      onPicture: (rgb) => {
        if (ringFrames) write(JSON.stringify({ atMs: this.atMs, type: 'ringFrame', rgb }));
      },
    });
    const cues: Cues = new TimedCues(this.#agenda, () =>
      this.#speaker.dispatch({ type: 'cueEnded', atMs: this.#agenda.nowMs }),
    );
    const actions = new ObligingHome(this.#agenda, (id, ok) =>
      this.#speaker.dispatch({ type: 'actionDone', atMs: this.#agenda.nowMs, id, ok }),
    );
    this.#speaker = new Speaker(
      { ear, ring, actions, cues, keeper: { keep: () => {} } }, // a recording has no next boot
      { ...settings, muted: this.#muteSwitch.muted },
      (entry) => write(JSON.stringify(entry)),
    );
    this.#muteSwitch.moveOn(0);
    this.#speaker.dispatch({ type: 'booted', atMs: 0 });
  }

  /** Milliseconds of sound heard so far. */
  get atMs(): number {
    return Math.floor(this.#heardSamples / SAMPLES_PER_MS);
  }

  /** Hears the next 10 ms and does what follows from them. False when the recording is over. */
  step(): boolean {
    const goal = this.#heardSamples + HOP_SAMPLES;
    while (this.#heardSamples < goal) {
      // the gate closes on the very sample, so a hop is heard in parts when the switch moves within it
      const pause = Math.min(goal, this.#muteSwitch.nextEdgeSample);
      const wanted = pause - this.#heardSamples;
      const taken = this.#ear.hear(wanted);
      this.#heardSamples += taken;
      if (taken < wanted) return false;
      this.#muteSwitch.moveOn(this.#heardSamples);
    }
    this.#agenda.advance(this.atMs);
    this.#speaker.advance(this.atMs);
    return true;
  }

  /** Moves the mute switch by hand. */
  setMuted(muted: boolean): void {
    this.#muteSwitch.move(muted);
  }

  /** The gate is the switch's own: it does not wait for the core. */
  #turnMute(muted: boolean): void {
    this.#ear.setMuted(muted);
    this.#speaker.dispatch({ type: 'muteChanged', atMs: this.atMs, muted });
  }
}
