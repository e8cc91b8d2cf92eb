/** The known name that an unknown one was most likely meant to be: the one with the fewest letters wrong, if that is at most
 * a third of them. Capitals do not count. */
export function nearestOf(unknown: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let fewestWrong = Math.max(1, Math.floor(unknown.length / 3)) + 1;
  for (const name of known) {
    const wrong = editDistance(unknown.toLowerCase(), name.toLowerCase());
    if (wrong >= fewestWrong) continue;
    nearest = name;
    fewestWrong = wrong;
  }
  return nearest;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
