/** Convolution by Fourier transform: echoes of half a second would take too long sample by sample. */

/** All of it: as long as both together less one. */
export function convolve(signal: ArrayLike<number>, response: ArrayLike<number>): Float64Array {
  const length = signal.length + response.length - 1;
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, length)));
  // both are real: one transform has the signal as its real and the response as its imaginary part
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(signal);
  im.set(response);
  transform(re, im);
  multiplyParts(re, im);
  transform(im, re); // with real and imaginary part swapped it is the inverse
  return re.subarray(0, length).map((value) => value / size);
}

/** From the transform of a + ib, for real a and b, to that of a convolved with b. */
function multiplyParts(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let k = 0; k <= size / 2; k++) {
    const mirror = (size - k) % size;
    const [xr, xi, yr, yi] = [re[k], im[k], re[mirror], im[mirror]] as [number, number, number, number];
    // (X² − conj(Y)²) / 4i, with Y the value at the mirrored place
    const real = (2 * xr * xi + 2 * yr * yi) / 4;
    const imaginary = -(xr * xr - xi * xi - yr * yr + yi * yi) / 4;
    re[k] = re[mirror] = real;
    im[k] = imaginary;
    im[mirror] = -imaginary;
  }
}

/** In place, radix 2 (Cooley and Tukey 1965); the length is a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  reorder(re, im);
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const cosine = Math.cos((Math.PI * k) / half);
      const sine = -Math.sin((Math.PI * k) / half);
      for (let low = k; low < size; low += 2 * half) {
        const high = low + half;
        const [hr, hi] = [re[high] as number, im[high] as number];
        const [tr, ti] = [hr * cosine - hi * sine, hr * sine + hi * cosine];
        re[high] = (re[low] as number) - tr;
        im[high] = (im[low] as number) - ti;
        re[low] = (re[low] as number) + tr;
        im[low] = (im[low] as number) + ti;
      }
    }
  }
}

function reorder(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let i = 1, mirrored = 0; i < size; i++) {
    let bit = size >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored |= bit;
    if (i >= mirrored) continue;
    [re[i], re[mirrored]] = [re[mirrored] as number, re[i] as number];
    [im[i], im[mirrored]] = [im[mirrored] as number, im[i] as number];
  }
}
