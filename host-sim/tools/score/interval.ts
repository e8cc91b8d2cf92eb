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

/** Student's t beyond which 2.5 % lie, by degrees of freedom from 1 on. */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The 95 % interval of what clusters have in common, one for each talker: what one talker says is alike, so that only
 * talkers count as independent. Cluster-robust variance of a ratio, Student's t. Undefined for a single cluster. */
export function clusterInterval(clusters: readonly Share[]): readonly [number, number] | undefined {
  const freedom = clusters.length - 1;
  const of = clusters.reduce((sum, each) => sum + each.of, 0);
  if (freedom < 1 || of === 0) return undefined;
  const ratio = clusters.reduce((sum, { count }) => sum + count, 0) / of;
  const squares = clusters.reduce((sum, each) => sum + (each.count - ratio * each.of) ** 2, 0);
  const error = Math.sqrt((squares * clusters.length) / freedom) / of;
  const half = error * (T_95[freedom - 1] ?? Z_95 + 2.43 / freedom);
  return [Math.max(0, ratio - half), ratio + half];
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
