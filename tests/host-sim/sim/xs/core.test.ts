import { bundleFile } from '../../../../host-sim/sim/xs/bundle';
import { underNode, underXs } from './outcome';

/** The core lies in these machines' memory, as nothing is preloaded; firmware.test.ts has machines of the chip's size. */
const size = { slots: 12_288, chunkBytes: 65_536, stackSlots: 1024 };

describe('the core under the real XS', () => {
  it('goes through the same states, effects and ring pictures as under Node on 3000 random events', async () => {
    const bundle = bundleFile('tests/host-sim/sim/xs/reducer-walk.ts');
    const { lines } = await underXs(bundle, { size });
    expect(lines).toHaveLength(3000);
    expect(lines).toEqual(underNode(bundle));
  });

  it('tells the same session as under Node, byte for byte', async () => {
    const bundle = bundleFile('tests/host-sim/sim/xs/scripted-session.ts');
    const lines = underNode(bundle);
    expect(lines.join('\n')).toContain('"wakeWordHeard"');
    expect((await underXs(bundle, { size })).lines).toEqual(lines);
  });
});
