import { RecordingRing } from '../../io/recording-ring';
import { heardMs } from './clip-ear';
import { world } from './world';

declare const host: { print(line: string): void };

/** A ring of which each new picture is a line, where they are asked for. */
export default class Ring {
  readonly pixelCount: number;
  readonly #ring: RecordingRing;

  constructor({ pixels }: { readonly pixels: number }) {
    this.pixelCount = pixels;
    this.#ring = new RecordingRing({
      pixelCount: pixels,
      onPicture: (rgb) => {
        if (world.ringFrames) host.print(JSON.stringify({ atMs: heardMs(), type: 'ringFrame', rgb }));
      },
    });
  }

  show(rgb: Uint8Array): boolean {
    this.#ring.show(rgb);
    return true;
  }

  close(): void {}
}
