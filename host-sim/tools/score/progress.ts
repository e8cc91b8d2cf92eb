import { basename } from 'node:path';
import { terminalOf } from '../../cli/terminal';
import { Progress } from '../replay/timeline/progress';
import { runTasks } from './pool';

/** Runs every task, one for each recording, on all cores, as `runTasks` does, and shows a bar on stderr where somebody
 * watches. @throws Problem */
export async function playTasks<Setup, Task, Result>(
  module: URL,
  setup: Setup,
  tasks: readonly Task[],
  pathOf: (task: Task) => string,
): Promise<Result[]> {
  const isWatched = terminalOf(process.stderr, process.env).isInteractive;
  const bar = new Progress(tasks.length, isWatched ? (text) => void process.stderr.write(text) : undefined);
  let count = 0;
  const showDone = (_: Result, index: number): void =>
    bar.show(++count, basename(pathOf(tasks[index] as Task)));
  return runTasks<Setup, Task, Result>(module, setup, tasks, showDone).finally(() => bar.clear());
}
