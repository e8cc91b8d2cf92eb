import { basename } from 'node:path';
import { terminalOf } from '../command-line/terminal';
import { Progress } from '../timeline/progress';

/** A bar on stderr while recordings are played; nothing where nobody watches. */
export function showProgress(paths: readonly string[]): { done(index: number): void; clear(): void } {
  const isWatched = terminalOf(process.stderr, process.env).isInteractive;
  const bar = new Progress(paths.length, isWatched ? (text) => void process.stderr.write(text) : undefined);
  let count = 0;
  return {
    done: (index) => bar.show(++count, basename(paths[index] ?? '')),
    clear: () => bar.clear(),
  };
}
