import { EarshotRing } from '../../../firmware/io/ring';
import { RecordingRing } from '../../../host-sim/sim/io/recording-ring';
import { FakeRing } from './fakes';

interface MadeRing {
  readonly ring: { show(rgb: Uint8Array): void; close(): void; readonly pixelCount: number };
  readonly pictures: readonly string[];
}

function simulated(pixelCount: number): MadeRing {
  const pictures: string[] = [];
  return {
    ring: new RecordingRing({ pixelCount, onPicture: (hex) => void pictures.push(hex) }),
    pictures,
  };
}

function onChip(pixels: number): MadeRing {
  FakeRing.pictures.length = 0;
  FakeRing.isBusy = false;
  const wiring = { pin: 21, led: 'ws2812', order: 'GRB', first: 0, brightnessLimitPercent: 100 } as const;
  return { ring: new EarshotRing(FakeRing, { ...wiring, pixels }), pictures: FakeRing.pictures };
}

describe.each([
  ['the simulator', simulated],
  ['the chip', onChip],
])('the ring of %s', (_, make) => {
  it('shows a picture, pixel 0 first', () => {
    const { ring, pictures } = make(2);
    ring.show(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(pictures).toEqual(['010203040506']);
    expect(ring.pixelCount).toBe(2);
  });

  it('borrows the array: what becomes of it later is not shown', () => {
    const { ring, pictures } = make(1);
    const rgb = Uint8Array.of(1, 2, 3);
    ring.show(rgb);
    rgb.fill(9);
    expect(pictures).toEqual(['010203']);
  });

  it.each([0, 3, 5, 7])('refuses a picture of %p bytes for two pixels', (byteLength) => {
    expect(() => make(2).ring.show(new Uint8Array(byteLength))).toThrow(
      new RangeError(`${byteLength} bytes for a ring of 2 pixels: 6 would be right`),
    );
  });

  it.each([0, -1, 1.5, 5000])('is not made with %p pixels', (pixels) => {
    expect(() => make(pixels)).toThrow(RangeError);
  });

  it('shows nothing once closed, and may be closed twice', () => {
    const { ring } = make(1);
    ring.close();
    ring.close();
    expect(() => ring.show(new Uint8Array(3))).toThrow('the ring is closed');
  });
});

describe('the ring of the chip', () => {
  it('sends the latest picture as soon as the wire is free, and only once', () => {
    const { ring, pictures } = onChip(1);
    FakeRing.isBusy = true;
    ring.show(Uint8Array.of(1, 1, 1));
    ring.show(Uint8Array.of(2, 2, 2));
    (ring as EarshotRing).refresh();
    expect(pictures).toEqual([]);
    FakeRing.isBusy = false;
    (ring as EarshotRing).refresh();
    (ring as EarshotRing).refresh();
    expect(pictures).toEqual(['020202']);
  });

  it('goes dark when it is closed', () => {
    const { ring, pictures } = onChip(1);
    ring.close();
    expect(pictures).toEqual(['dark']);
  });
});
