import { watch } from 'node:fs';
import { dirname } from 'node:path';

/** Editors save in several steps; this much quiet ends them. */
const QUIET_MS = 200;

/** Calls `changed` when a file beside the grammar was saved: the grammar itself, or what it imports. Returns what ends
 * it. */
export function watchGrammar(file: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(file), (_, name) => {
    if (!/\.(grammar|ya?ml)$/.test(name ?? '')) return;
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
