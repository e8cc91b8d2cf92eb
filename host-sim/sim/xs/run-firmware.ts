import { resourceFileOf } from '../../packages/firmware-models';
import type { LoadedSpeaker } from '../../packages/speaker';
import { clipFile } from '../../tools/board/clip';
import { type MuteSpan, SAMPLES_PER_MS } from '../io/mute-spans';
import { blankRecord } from '../record/memory-pages';
import type { XsHostOptions } from './build';
import { bundleFirmwareWithClip, type FirmwareBundle } from './firmware-bundle';
import type { MachineSize } from './machine-size';
import { type MachineStatistics, runBundle } from './run-bundle';
import type { TypedLine, WorldConfiguration } from './sdk/world';

export interface FirmwareRun extends XsHostOptions {
  readonly speaker: LoadedSpeaker;
  /** 16 kHz mono samples, in the microphone's place. */
  readonly clip: Int16Array;
  readonly mute?: readonly MuteSpan[];
  /** When the clip begins, in milliseconds since 1970. */
  readonly epochMs?: number | undefined;
  /** At the serial port, in the world's time. */
  readonly typed?: readonly TypedLine[];
  /** When somebody presses the key, in the world's time. */
  readonly button?: readonly MuteSpan[];
  /** ESP-IDF's number; power on unless said. */
  readonly resetReason?: number;
  readonly stored?: Readonly<Record<string, string>>;
  /** Partitions that may hold a file of resources, by name; one with the speaker's hearing unless said. */
  readonly flash?: Readonly<Record<string, Uint8Array>>;
  /** What the partition for the record holds; blank unless said. */
  readonly record?: Uint8Array;
  /** Given what it holds in the end. */
  readonly onRecord?: (bytes: Uint8Array) => void;
  /** Where the firmware is bundled for a replay: also write a `ringFrame` line whenever the ring's picture changes. */
  readonly ringFrames?: boolean;
  readonly size?: MachineSize;
  /** With an ear that hears the clip; one of the simulator's unless said. */
  readonly firmware?: FirmwareBundle;
}

const POWER_ON = 1;
/** For how long there is power when the clip is over: safe mode hears none. */
const LASTS_ON_MS = 120_000;
const CLIP = 'microphone.clip';

/** Runs the chip's own main.ts from boot to the end of a clip, in XS, in a machine of the chip's size, and gives what it
 * writes on the serial port. Throws XsError when the machine does not last, CompilerError when it cannot be built. */
export async function* runFirmware(run: FirmwareRun): AsyncGenerator<string, MachineStatistics> {
  const {
    speaker,
    clip,
    mute = [],
    epochMs,
    typed = [],
    resetReason = POWER_ON,
    stored = {},
    ringFrames = false,
    onRecord,
  } = run;
  const { mic, ...board } = speaker.board.configuration;
  const world: WorldConfiguration = {
    config: { board: { ...board, mic: { ...mic, clip: CLIP } }, epochMs },
    resetReason,
    stored,
    lastsMs: clip.length / SAMPLES_PER_MS + LASTS_ON_MS,
    typed,
    mute,
    ...(run.button ? { button: run.button } : {}),
    ringFrames,
  };
  return yield* runBundle({
    ...run,
    ...(run.firmware ?? (await bundleFirmwareWithClip())),
    configuration: JSON.stringify(world),
    ...(onRecord ? { onEnd: { record: onRecord } } : {}),
    files: {
      record: run.record ?? blankRecord(),
      ...(run.flash ?? { resources_a: speaker.resourceFile ?? resourceFileOf(speaker.hearing) }),
      [CLIP]: clipFile(clip),
    },
  });
}
