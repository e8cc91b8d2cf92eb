/** The shortest end of a path that only one of the recordings has: `kitchen.wav`, or `monday/kitchen.wav`. */
export function recordingName(path: string, recordings: readonly string[]): string {
  const parts = partsOf(path);
  for (let count = 1; count < parts.length; count++) {
    const name = parts.slice(-count).join('/');
    if (new Set(recordings.filter((other) => endsWith(other, name))).size === 1) return name;
  }
  return path;
}

/** Whether the path's last parts are these. */
export function endsWith(path: string, name: string): boolean {
  return `/${partsOf(path).join('/')}`.endsWith(`/${partsOf(name).join('/')}`);
}

function partsOf(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '.' && part !== '');
}
