import { bundleFile } from '../../host-sim/xs/bundle';
import { ESP32_S3_MACHINE } from '../../host-sim/xs/machine-size';
import { underNode, underXs } from './outcome';

describe('the core under the real XS', () => {
  it('goes through the same states, effects and ring pictures as under Node on 3000 random events', async () => {
    const bundle = bundleFile('tests/xs/reducer-walk.ts');
    const { lines } = await underXs(bundle);
    expect(lines).toHaveLength(3000);
    expect(lines).toEqual(underNode(bundle));
  });

  it('tells the same session as under Node, byte for byte', async () => {
    const bundle = bundleFile('tests/xs/scripted-session.ts');
    const lines = underNode(bundle);
    expect(lines.join('\n')).toContain('"wakeWordHeard"');
    expect((await underXs(bundle)).lines).toEqual(lines);
  });

  it('leaves half of the chip’s memory and a quarter of its stack free in a minute’s session', async () => {
    const { slots, chunkBytes, stackSlots } = ESP32_S3_MACHINE;
    const size = { slots: slots / 2, chunkBytes: chunkBytes / 2, stackSlots: (stackSlots * 3) / 4 };
    const { lines } = await underXs(bundleFile('tests/xs/scripted-session.ts'), { size });
    expect(lines.length).toBeGreaterThan(100);
  });
});
