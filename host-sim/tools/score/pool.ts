/** Work spread over the machine's cores: one worker thread each, handed one task after the other. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import { Problem } from '../../cli/problem';

interface WorkerData<Setup> {
  readonly module: string;
  readonly setup: Setup;
}

/** What a person can put right; the pool keeps of an error's class its name alone. */
const PROBLEMS = ['Problem', 'ModelError'];

/** Runs every task in workers that are `module`, which calls `serveTasks`. Results come in any order; they are handed on
 * with their task's index as they come, and returned in the tasks' order. @throws Problem when a task did */
export async function runTasks<Setup, Task, Result>(
  module: URL,
  setup: Setup,
  tasks: readonly Task[],
  onResult: (result: Result, index: number) => void = () => undefined,
): Promise<Result[]> {
  const data: WorkerData<Setup> = { module: module.href, setup };
  const pool = workerpool.pool(fileURLToPath(new URL('./worker.mjs', import.meta.url)), {
    workerType: 'thread',
    maxWorkers: availableParallelism(),
    workerThreadOpts: { workerData: data },
  });
  const perform = async (task: Task, index: number): Promise<Result> => {
    const result = (await pool.exec('perform', [task])) as Result;
    onResult(result, index);
    return result;
  };
  try {
    return await Promise.all(tasks.map(perform));
  } catch (error) {
    const { name, message } = error as Error;
    throw PROBLEMS.includes(name) ? new Problem(message) : error;
  } finally {
    await pool.terminate(true); // what is still under way is of no more use
  }
}

/** The other side: `prepare` makes from the setup what does one task. */
export function serveTasks<Setup, Task, Result>(
  prepare: (setup: Setup) => (task: Task) => Result | Promise<Result>,
): void {
  const { setup } = workerData as WorkerData<Setup>;
  let perform: ((task: Task) => Result | Promise<Result>) | undefined;
  workerpool.worker({
    perform: (task: Task) => {
      perform ??= prepare(setup);
      return perform(task);
    },
  });
}
