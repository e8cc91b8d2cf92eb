import type { WakePoints } from './core/wake-points';
import type { CodecBoard, CodecPart } from './io/codec';
import type { Absent, MicrophoneOptions, MuteOptions, PhoneFeatures } from './natives/esp32/ear';
import type { RingOptions } from './natives/esp32/ring';
import type { SpeakerOptions } from './natives/esp32/speaker';

/** `config.board` of a board's manifest: the options of its devices, and what it lacks. */
export interface Board extends CodecBoard {
  readonly name: string;
  readonly mic: MicrophoneOptions & ClipChoice;
  readonly speaker: SpeakerOptions | Absent;
  readonly mute: MuteOptions | Absent;
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
  /** By name, for `board.codecs`. */
  readonly parts?: Readonly<Record<string, CodecPart>>;
  readonly models: ModelsConfiguration;
  /** The home network, given to the build and written into no file. */
  readonly ssid?: string;
  readonly password?: string;
}

/** The models and the grammar by the names of their resources in flash. `npm run pack` writes it. */
export interface ModelsConfiguration {
  readonly wakeWords: readonly {
    readonly name: string;
    readonly resource: string;
    readonly points: WakePoints;
    readonly pronunciations: readonly number[];
    readonly verifier?: string;
  }[];
  /** The speech embedding, where a word has a verifier. */
  readonly embedding?: string;
  readonly commands?: {
    readonly phones: string;
    readonly network: string;
    readonly blankPenalty: number;
    readonly lookAheadMs: number;
    readonly features: PhoneFeatures;
  };
}

/** The options of a board's loudspeaker, or undefined where it has none. */
export function loudspeakerOf({ speaker }: Board): SpeakerOptions | undefined {
  return 'absent' in speaker ? undefined : speaker;
}
