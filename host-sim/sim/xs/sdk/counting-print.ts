/** A serial port that counts the lines by the type of their event. */
export const counts: Record<string, number> = {};

const MARK = '"type":"';

export default function print(line: string): void {
  const start = line.indexOf(MARK) + MARK.length;
  const type = line.startsWith('{') ? line.slice(start, line.indexOf('"', start)) : '#';
  counts[type] = (counts[type] ?? 0) + 1;
}
