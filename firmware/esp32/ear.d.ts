import type { NativeHearing } from '../core/hearing';
import type { Guard, Sensitivity } from '../core/wake-points';
import type { LoudspeakerOptions } from './loudspeaker';

/** The ears of an ESP32-S3: microphone, mute switch, features, wake words and commands, in a task of their own on
 * core 1. JavaScript makes it, starts it and takes events; no sample and no score reaches it. */
export default class Ear {
  /** Reads the switch and cuts the microphone at once; hears nothing before `start`.
   * @throws RangeError when an option is out of range, TypeError when one is missing, Error when the chip refuses */
  constructor(options: EarOptions);

  /** What it hears with, before `start`; see `equip`. Models and grammar are resources in flash, which are not copied.
   * Again and again, if need be: another model takes the old one's memory.
   * @throws RangeError with what a model or the grammar lacks, and then that part is gone; TypeError when something is
   * missing; Error when the ear has started or memory is short */
  configure(hearing: NativeHearing<HostBuffer>): void;

  /** Starts the task. To be called before any other pin with an interrupt is opened: they all are served where the mute
   * switch is. @throws Error when the ear has started already, memory is short, or pins are served elsewhere */
  start(): void;

  listen(sinceSample: number): void;
  stopListening(): void;

  /** Adds or takes back JavaScript's own mute. It cannot take away the switch's. */
  setMuted(muted: boolean): void;

  setSensitivity(sensitivity: Sensitivity): void;
  setGuard(guard: Guard): void;

  /** The oldest event not yet taken, as one JSON object, or undefined. What was heard before a mute is never given. */
  takeEvent(): string | undefined;

  /** Whether a mute is in force, the switch's or JavaScript's, or the ear has not opened again yet. */
  readonly muted: boolean;

  /** Whether the switch reads on this very moment. False where the board has none. */
  readonly switchMuted: boolean;

  /** Samples since `start` at 16 kHz, those that were muted or lost, or that never came, included. Goes on in steps of
   * 160, for 497 days. When it stands still for more than 300 ms the ear task is stuck. */
  readonly elapsedSamples: number;

  /** How loud the last whole second was that the ear heard: dB below a full-scale square wave, 0 to -96. Undefined while
   * muted, and until a second has been heard since. A number to place and to wire a microphone by; sound stays where it is. */
  readonly levelDb: number | undefined;

  /** Bytes of internal RAM and of PSRAM that the ear has taken, models' arenas included, without the task's stack. */
  readonly internalBytes: number;
  readonly externalBytes: number;

  /** The least bytes of stack that the ear task ever had left. */
  readonly stackLeftBytes: number;

  /** Called after the ear has got events to take, or `muted` has changed. Several causes may give one call. */
  onReadable?: () => void;

  /** With a clip and the pace `step`: hears the next 10 ms of the clip to its end, events included, and returns. False
   * when the clip is over. @throws Error with any other microphone */
  step(): boolean;

  /** Ends the task, lets go of pins and memory, and leaves the microphone cut. Twice does no harm; any other call
   * afterwards throws. */
  close(): void;
}

/** A resource (`new Resource('jarvis.tflite')`): bytes that never move or end. */
export type HostBuffer = object;

export interface EarOptions {
  /** `config.board.mic`. */
  readonly microphone: MicrophoneOptions;
  /** `config.board.mute`; with `absent`, or without it, there is no switch. */
  readonly mute?: MuteOptions | Absent;
  /** `config.board.loudspeaker`: where it has the microphone's clock pin, the two share one controller, and the loudspeaker
   * is silent but running from here on. */
  readonly loudspeaker?: LoudspeakerOptions | Absent;
  /** A recording that is heard in place of the microphone: a resource, WAV, 16 kHz, mono, 16 bits, taken bit for bit. No
   * pin is touched but those of the mute. */
  readonly clip?: HostBuffer;
  /** Of a clip. `realTime`: once, as if it were spoken, silence afterwards. `step`: 10 ms with each call of `step`, as
   * fast as the ear can, so that the same clip gives the same events at the same times as on the laptop. `realTime`
   * unless said. */
  readonly pace?: 'realTime' | 'step';
}

/** An output that switches something: its pin, and its level when on. */
export interface Line {
  readonly pin: number;
  readonly active: 'low' | 'high';
}

export interface Absent {
  /** Why. */
  readonly absent: string;
}

/** A microphone, or what stands for one, at 16 kHz. */
export interface MicrophoneOptions {
  readonly bus: 'i2s' | 'pdm';
  /** Pins of the bit clock, of word select (of `i2s` alone) and of data. */
  readonly clock: number;
  readonly select?: number;
  readonly data: number;
  /** A pin that gives 256 clocks a sample to a codec. */
  readonly masterClock?: number;
  /** `primary`: the chip gives the clock. `secondary`: the other side does. */
  readonly role: 'primary' | 'secondary';
  readonly slotBits: 16 | 32;
  /** `both`: two microphones, averaged. */
  readonly channel: 'left' | 'right' | 'both';
  /** What powers or clocks the microphone: off in the mute switch's interrupt, and as long as a mute is in force. */
  readonly power?: Line;
  /** Doublings of the loudness, 0 to 8; what gets too loud is clipped. 0 unless said. */
  readonly gainBits?: number;
}

export interface MuteOptions {
  /** The switch's pin, and its level when muted. */
  readonly pin: number;
  readonly active: 'low' | 'high';
  /** The chip's own resistor. */
  readonly pull: 'up' | 'down' | 'none';
}
