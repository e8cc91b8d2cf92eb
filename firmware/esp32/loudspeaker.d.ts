import type { Cue } from '../core/ports';

/** A loudspeaker behind an I2S amplifier or codec: plays the speaker's own short sounds, which are computed. */
export default class Loudspeaker {
  /** @throws RangeError when an option is out of range, TypeError when one is missing, Error when the chip refuses */
  constructor(options: LoudspeakerOptions);

  /** Plays a cue; one that still sounds ends within 5 ms. Loudness grows with the square of the volume.
   * @throws RangeError when there is no such cue or the volume is not from 0 to 100 */
  play(cue: Cue, volumePercent: number): void;

  /** Ends the cue within 5 ms. `onEnded` is called as when it had ended by itself. */
  stop(): void;

  /** Called when a cue has ended: once for each `play`, also for one that another has cut short. */
  onEnded?: () => void;

  /** Falls silent and lets go of the pins. Twice does no harm; any other call afterwards throws. */
  close(): void;
}

/** `config.board.loudspeaker` of the board's manifest. With the clock pin of the microphone, make the `Ear` first. */
export interface LoudspeakerOptions {
  /** Pins of bit clock, word select and data. */
  readonly clock: number;
  readonly select: number;
  readonly data: number;
  /** A pin that gives 256 clocks a sample to a codec. */
  readonly masterClock?: number;
  readonly role: 'primary' | 'secondary';
  /** 8000 to 48000. */
  readonly sampleRate: number;
  readonly slotBits: 16 | 32;
  readonly channel: 'left' | 'right' | 'both';
  /** The amplifier's: its pin, and its level when on. It is on only while a cue sounds. */
  readonly enable?: { readonly pin: number; readonly active: 'low' | 'high' };
}
