/** Samples that were packed as the differences of neighbours: their low bytes, then their high ones. */
export function undiffer(bytes: Uint8Array): Int16Array {
  const count = bytes.length / 2;
  const samples = new Int16Array(count);
  let last = 0;
  for (let i = 0; i < count; i++) {
    const folded = (bytes[i] as number) | ((bytes[count + i] as number) << 8);
    last = ((last + ((folded >>> 1) ^ -(folded & 1))) << 16) >> 16;
    samples[i] = last;
  }
  return samples;
}
