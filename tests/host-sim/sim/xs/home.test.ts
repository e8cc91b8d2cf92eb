import { bundleFile } from '../../../../host-sim/sim/xs/bundle';
import { bundleOverPreloaded } from '../../../../host-sim/sim/xs/firmware-bundle';
import { ESP32_S3_MACHINE } from '../../../../host-sim/sim/xs/machine-size';
import { underNode, underXs } from './outcome';

const WALK = 'tests/host-sim/sim/xs/home-walk.ts';
/** What a home of eight lights may hold of the machine's, its map and this test's own things among it. */
const MOST_SLOTS = 900;

test('a home behind a hostile broker lasts in a machine of the chip’s size, and does there what it does under Node', async () => {
  const lines = underNode(bundleFile(WALK));
  for (const part of ['homeState', 'notMapped', 'connected":false', 'Küche'])
    expect(lines.join('\n')).toContain(part);
  const { bundle, preloaded } = await bundleOverPreloaded(WALK, 'mqtt', 'home');
  const { lines: ofXs, statistics } = await underXs(bundle, { preloaded, size: ESP32_S3_MACHINE });
  expect(ofXs).toEqual(lines);
  expect(statistics.slots.live).toBeLessThan(MOST_SLOTS);
});
