/** A ring whose wire is busy with every fifth picture. */
export default class Ring {
  readonly pixelCount: number;
  #pictures = 0;

  constructor({ pixels }: { readonly pixels: number }) {
    this.pixelCount = pixels;
  }

  show(): boolean {
    this.#pictures += 1;
    return this.#pictures % 5 !== 0;
  }

  close(): void {}
}
