/** Convolution by Fourier transform: echoes of half a second would take too long sample by sample. */
import FFT from 'fft.js';

/** All of it: as long as both together less one. */
export function convolve(signal: ArrayLike<number>, response: ArrayLike<number>): Float64Array {
  const length = signal.length + response.length - 1;
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, length)));
  const fft = new FFT(size);
  const product = multiplied(spectrumOf(signal, fft), spectrumOf(response, fft));
  const result = fft.createComplexArray();
  fft.inverseTransform(result, product);
  return Float64Array.from({ length }, (_, index) => result[2 * index] as number);
}

/** Real and imaginary parts take turns. */
function spectrumOf(samples: ArrayLike<number>, fft: FFT): number[] {
  const padded = new Float64Array(fft.size);
  padded.set(samples);
  const spectrum = fft.createComplexArray();
  fft.realTransform(spectrum, padded);
  fft.completeSpectrum(spectrum);
  return spectrum;
}

function multiplied(a: readonly number[], b: readonly number[]): number[] {
  const product = new Array<number>(a.length);
  for (let at = 0; at < a.length; at += 2) {
    const [ar, ai, br, bi] = [a[at], a[at + 1], b[at], b[at + 1]] as [number, number, number, number];
    product[at] = ar * br - ai * bi;
    product[at + 1] = ar * bi + ai * br;
  }
  return product;
}
