import type { Hearing } from '../../../firmware/core/hearing';
import { firmwareModels } from '../../packages/firmware-models';
import type { XsHostOptions } from './build';
import type { XsConfiguration } from './configuration';
import { bundleReplay } from './firmware-bundle';
import type { MachineSize } from './machine-size';
import { type MachineStatistics, runBundle } from './run-bundle';

export interface XsReplay extends XsHostOptions {
  readonly hearing: Hearing<Uint8Array>;
  /** 16 kHz mono samples. */
  readonly recording: Int16Array;
  readonly session: XsConfiguration['session'];
  readonly size?: MachineSize;
}

/** Replays a recording as `Session` does under Node, but in the real XS in a machine of the chip's size, and gives its
 * event lines as they come. Throws XsError when the machine does not last, CompilerError when it cannot be built. */
export async function* replayUnderXs(replay: XsReplay): AsyncGenerator<string, MachineStatistics> {
  const { configuration: hearing, resources: files } = firmwareModels(replay.hearing);
  const configuration: XsConfiguration = { hearing, session: replay.session };
  const bundles = await bundleReplay();
  return yield* runBundle({ ...replay, ...bundles, configuration: JSON.stringify(configuration), files });
}
