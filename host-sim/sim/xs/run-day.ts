import { resourceFileOf } from '../../packages/firmware-models';
import type { LoadedSpeaker } from '../../packages/speaker';
import { filledRecord } from '../record/filled-record';
import type { XsHostOptions } from './build';
import { bundleFirmwareForADay } from './firmware-bundle';
import type { MachineSize } from './machine-size';
import { type MachineStatistics, runBundle } from './run-bundle';
import type { WorldConfiguration } from './sdk/world';

/** How things stand at the end of an hour; hour 0 is a minute after the boot. */
export interface Hour {
  readonly hour: number;
  /** After a collection of garbage. */
  readonly memory: {
    readonly slots: number;
    readonly chunkBytes: number;
    readonly stackSlotsPeak: number;
    readonly names: number;
    /** XS instructions since the start; a machine of 32 bits counts modulo 2³². */
    readonly steps: number;
  };
  /** How often the flash was written since the boot. */
  readonly written: number;
  /** Lines on the serial port since the boot, by type. */
  readonly lines: Readonly<Record<string, number>>;
}

export interface DayRun extends XsHostOptions {
  readonly speaker: LoadedSpeaker;
  readonly size?: MachineSize;
  /** 24 unless said. */
  readonly hours?: number;
}

const POWER_ON = 1;

/** Lets the chip's own main.ts live through the hours of a lively house, in XS, in a machine of the chip's size. Throws
 * XsError when the machine does not last, CompilerError when it cannot be built. */
export async function* runDay(run: DayRun): AsyncGenerator<Hour, MachineStatistics> {
  const { configuration: board } = run.speaker.board;
  const { peripherals: _, ...withoutPeripherals } = board;
  const world: WorldConfiguration = {
    config: { board: withoutPeripherals, ssid: 'house', password: 'secret' },
    resetReason: POWER_ON,
    stored: {},
    lastsMs: (run.hours ?? 24) * 3_600_000,
    mute: [],
  };
  const lines = runBundle({
    ...run,
    ...(await bundleFirmwareForADay()),
    configuration: JSON.stringify(world),
    files: { record: filledRecord(), resources_a: resourceFileOf(run.speaker.hearing) },
  });
  for (;;) {
    const next = await lines.next();
    if (next.done) return next.value;
    yield JSON.parse(next.value) as Hour;
  }
}
