/** Work spread over the machine's cores: one worker thread each, handed one task after the other. */
import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Problem } from '../../cli/problem';
import { ModelError } from '../../sim/wasm/parts';

interface WorkerData<Setup> {
  readonly module: string;
  readonly setup: Setup;
}

type Answer<Result> =
  | { readonly result: Result }
  | { readonly problem: string }
  | { readonly defect: string };

/** Runs every task in workers that are `module`, which calls `serveTasks`. Results come in any order; they are handed on
 * with their task's index as they come, and returned in the tasks' order. @throws Problem when a task did */
export async function runTasks<Setup, Task, Result>(
  module: URL,
  setup: Setup,
  tasks: readonly Task[],
  onResult: (result: Result, index: number) => void = () => undefined,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  const data: WorkerData<Setup> = { module: module.href, setup };
  let next = 0;
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let index = -1;
      const handOut = (): void => {
        index = next++;
        if (index < tasks.length) worker.postMessage(tasks[index]);
        else resolve();
      };
      worker.on('message', (answer: Answer<Result>) => {
        if ('problem' in answer) return reject(new Problem(answer.problem));
        if ('defect' in answer) return reject(new Error(answer.defect));
        results[index] = answer.result;
        onResult(answer.result, index);
        handOut();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`a worker ended with code ${code}`)));
      handOut();
    });
  const count = Math.min(availableParallelism(), tasks.length);
  const workers = Array.from({ length: count }, () => {
    return new Worker(new URL('./worker.mjs', import.meta.url), { workerData: data });
  });
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

/** The other side: `prepare` makes from the setup what does one task. */
export function serveTasks<Setup, Task, Result>(
  prepare: (setup: Setup) => (task: Task) => Result | Promise<Result>,
): void {
  const { setup } = workerData as WorkerData<Setup>;
  let perform: ((task: Task) => Result | Promise<Result>) | undefined;
  parentPort?.on('message', async (task: Task) => {
    parentPort?.postMessage(await answerTo(task));
  });
  const answerTo = async (task: Task): Promise<Answer<Result>> => {
    try {
      perform ??= prepare(setup);
      return { result: await perform(task) };
    } catch (error) {
      if (error instanceof Problem || error instanceof ModelError) return { problem: error.message };
      return { defect: String((error as Error).stack) };
    }
  };
}
