import type { Cues } from '../firmware/core/ports';
import { Speaker, type SpeakerSettings } from '../firmware/core/speaker';
import { Agenda } from './io/agenda';
import { type MuteEdge, type MuteSpan, muteEdges, SAMPLES_PER_MS } from './io/mute-spans';
import { RecordingRing } from './io/recording-ring';
import { SimulatedCues } from './io/simulated-cues';
import type { SimulatedEar } from './io/simulated-ear';
import { SimulatedHome } from './io/simulated-home';

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
  readonly #edges: MuteEdge[];
  #heardSamples = 0;

  constructor(options: SessionOptions) {
    const { ear, settings, pixelCount, ringFrames, write } = options;
    this.#ear = ear;
    this.#edges = muteEdges(options.mute);
    const ring = new RecordingRing(pixelCount, (rgb) => {
      if (ringFrames) write(JSON.stringify({ atMs: this.atMs, type: 'ringFrame', rgb }));
    });
    const cues: Cues = new SimulatedCues(this.#agenda, () =>
      this.#speaker.dispatch({ type: 'cueEnded', atMs: this.#agenda.nowMs }),
    );
    const actions = new SimulatedHome(this.#agenda, (id, ok) =>
      this.#speaker.dispatch({ type: 'actionDone', atMs: this.#agenda.nowMs, id, ok }),
    );
    // a switch that is closed when the power comes is seen before anything else
    const isMutedAtStart = this.#edges[0]?.sample === 0;
    this.#speaker = new Speaker(
      { ear, ring, actions, cues },
      { ...settings, muted: isMutedAtStart },
      (entry) => write(JSON.stringify(entry)),
    );
    this.#applyEdges(0);
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
      const pause = Math.min(goal, this.#edges[0]?.sample ?? goal);
      const wanted = pause - this.#heardSamples;
      const taken = this.#ear.hear(wanted);
      this.#heardSamples += taken;
      if (taken < wanted) return false;
      this.#applyEdges(this.#heardSamples);
    }
    this.#agenda.advance(this.atMs);
    this.#speaker.advance(this.atMs);
    return true;
  }

  /** Moves the mute switch. The gate is the switch's own: it does not wait for the core. */
  setMuted(muted: boolean): void {
    this.#ear.setMuted(muted);
    this.#speaker.dispatch({ type: 'muteChanged', atMs: this.atMs, muted });
  }

  #applyEdges(sample: number): void {
    while (this.#edges[0] && this.#edges[0].sample <= sample) {
      this.setMuted((this.#edges.shift() as MuteEdge).muted);
    }
  }
}
