import { storedSettings } from '../../packages/speaker';
import { replayLineTest } from '../io/replay-lines';
import { bundleFirmwareForReplay } from './firmware-bundle';
import { type FirmwareRun, runFirmware } from './run-firmware';

/** Replays a recording as `Session` does under Node, but with the chip's own main.ts in the real XS, in a machine of the
 * chip's size, and gives its event lines as they come. Throws XsError when the machine does not last, CompilerError when
 * it cannot be built. */
export async function* replayUnderXs(run: Omit<FirmwareRun, 'stored' | 'firmware'>): AsyncGenerator<string> {
  const isOfReplay = replayLineTest();
  const stored = storedSettings(run.speaker);
  const firmware = await bundleFirmwareForReplay();
  for await (const line of runFirmware({ ...run, stored, firmware })) if (isOfReplay(line)) yield line;
}
