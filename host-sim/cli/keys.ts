/** `m` moves the mute switch; Ctrl-C and q end, as does SIGINT when the keyboard is elsewhere. Returns what undoes it.
 * @param readsPipe whether keys are also taken from what is no terminal */
export function watchKeys(
  move: (muted: boolean) => void,
  end: () => void,
  { readsPipe = false }: { readonly readsPipe?: boolean } = {},
): () => void {
  let muted = false;
  const { stdin } = process;
  const onKeys = (keys: Buffer): void => {
    for (const key of keys.toString()) {
      if (key === '\x03' || key === 'q') end();
      if (key !== 'm') continue;
      muted = !muted;
      move(muted);
    }
  };
  const onSignal = (): void => end();
  const { isTTY } = stdin;
  process.on('SIGINT', onSignal);
  if (isTTY) stdin.setRawMode(true);
  if (isTTY || readsPipe) stdin.resume().on('data', onKeys);
  return () => {
    process.off('SIGINT', onSignal);
    if (isTTY) stdin.setRawMode(false);
    if (isTTY || readsPipe) stdin.pause().off('data', onKeys);
  };
}
