import type { Absent, MicrophoneOptions, MuteOptions } from './esp32/ear';
import type { LoudspeakerOptions } from './esp32/loudspeaker';
import type { RingOptions } from './esp32/ring';
import type { PeripheralBoard, PeripheralDescription } from './io/peripherals';

/** `config.board` of a board's manifest: the options of its devices, and what it lacks. */
export interface Board extends PeripheralBoard {
  readonly name: string;
  readonly mic: MicrophoneOptions & ClipChoice;
  readonly loudspeaker: LoudspeakerOptions | Absent;
  readonly mute: MuteOptions | Absent;
  /** A key, where the board has one. `active` is its level when pressed. */
  readonly button?: MuteOptions;
  readonly ring: RingOptions;
}

/** A recording among the resources that is heard in place of the microphone. */
export interface ClipChoice {
  readonly clip?: string;
  /** `step`, as fast as the ear can, unless said. */
  readonly pace?: 'step' | 'realTime';
}

/** What the manifests' `config` tells the firmware. */
export interface Configuration {
  readonly board: Board;
  /** How each of `board.peripherals` is started, by name. */
  readonly peripherals?: Readonly<Record<string, PeripheralDescription>>;
  /** When the clip begins, in milliseconds since 1970, where that is known. */
  readonly epochMs?: number;
  /** The home network, given to the build and written into no file. */
  readonly ssid?: string;
  readonly password?: string;
}

/** The options of a board's loudspeaker, or undefined where it has none. */
export function loudspeakerOf({ loudspeaker }: Board): LoudspeakerOptions | undefined {
  return 'absent' in loudspeaker ? undefined : loudspeaker;
}
