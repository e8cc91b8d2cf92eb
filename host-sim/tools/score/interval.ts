const Z_95 = 1.959964;

export interface Share {
  readonly count: number;
  readonly of: number;
}

/** The 95 % Wilson score interval of a share, both ends 0–1. */
export function wilsonInterval({ count, of }: Share): readonly [number, number] {
  if (of === 0) return [0, 1];
  const share = count / of;
  const z2 = Z_95 * Z_95;
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z_95 / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Such as `93.2 % (290 of 311, 95 %: 89.9–95.5)`. */
export function describeShare(share: Share): string {
  const percent = (value: number): string => (value * 100).toFixed(1);
  const [low, high] = wilsonInterval(share);
  const of = share.of === 0 ? 0 : share.count / share.of;
  return `${percent(of).padStart(5)} % (${share.count} of ${share.of}, 95 %: ${percent(low)}–${percent(high)})`;
}

/** The exact 95 % interval of the mean of a Poisson count (Garwood 1936). */
export function poissonInterval(count: number): readonly [number, number] {
  const tail = 0.025;
  const low = count === 0 ? 0 : meanWhere((mean) => 1 - poissonAtMost(count - 1, mean) >= tail, count);
  return [low, meanWhere((mean) => poissonAtMost(count, mean) <= tail, count)];
}

/** The least mean from which on the claim holds. */
function meanWhere(claim: (mean: number) => boolean, count: number): number {
  let low = 0;
  let high = count + 10 * Math.sqrt(count + 1) + 10;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (claim(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The chance of at most so many, summed by logarithms so that large means do not underflow. */
function poissonAtMost(count: number, mean: number): number {
  if (mean === 0) return 1;
  let logTerm = -mean;
  let sum = 0;
  for (let k = 0; k <= count; k++) {
    if (k > 0) logTerm += Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
