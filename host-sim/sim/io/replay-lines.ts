/** Gives a test of which lines of a device belong to a replay: events, not remarks. The boot takes no time there, so of the
 * pictures that the ring shows meanwhile only the first does. */
export function replayLineTest(): (line: string) => boolean {
  let isBooting = true;
  let hasPicture = false;
  return (line) => {
    if (!line.startsWith('{')) return false;
    if (!isBooting) return true;
    if (line.includes('"type":"booted"')) isBooting = false;
    const isPicture = line.includes('"type":"ringFrame"');
    const isWanted = !(isPicture && hasPicture);
    hasPicture ||= isPicture;
    return isWanted;
  };
}
