import { bundleFirmwareOverNatives } from '../../../../../host-sim/sim/xs/firmware-bundle';
import { type FirmwareRun, runFirmware } from '../../../../../host-sim/sim/xs/run-firmware';
import { outcomeOf } from '../outcome';

interface Picture {
  readonly rgb: readonly number[];
  readonly wire: readonly number[];
}

/** What the chip's `main.ts` over the chip's own natives writes on the serial port, and what its ring was given and sent. */
export async function runOnTheDesk(run: Omit<FirmwareRun, 'firmware'>) {
  const firmware = await bundleFirmwareOverNatives(
    'tests/host-sim/sim/xs/desk/before',
    'tests/host-sim/sim/xs/desk/driver',
  );
  const { lines } = await outcomeOf(runFirmware({ ...run, firmware }));
  const pictures = lines.filter((line) => line.startsWith('~')).map((line) => JSON.parse(line.slice(1)));
  return {
    events: lines.filter((line) => line.startsWith('{')),
    remarks: lines.filter((line) => line.startsWith('#')),
    pictures: pictures as Picture[],
  };
}
