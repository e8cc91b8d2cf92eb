import { runInNewContext } from 'node:vm';
import { bundleSource } from '../../../../host-sim/sim/xs/bundle';
import { type BundleRun, type MachineStatistics, runBundle } from '../../../../host-sim/sim/xs/run-bundle';

export interface Outcome {
  readonly lines: readonly string[];
  readonly statistics: MachineStatistics;
}

export async function outcomeOf(run: AsyncGenerator<string, MachineStatistics>): Promise<Outcome> {
  const lines: string[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { lines, statistics: next.value };
    lines.push(next.value);
  }
}

export function underXs(bundle: string, options: Omit<BundleRun, 'bundle'> = {}): Promise<Outcome> {
  return outcomeOf(runBundle({ bundle, ...options }));
}

/** A bundle that has the simulator's class `Ear` under that name. */
export function withEar(source: string): string {
  return bundleSource(`import Ear from './native-ear';\n${source}`, 'host-sim/sim/xs');
}

/** The same bundle in V8, with the same `host.print` and `host.repeat`. */
export function underNode(bundle: string): string[] {
  const lines: string[] = [];
  let step = (): boolean => false;
  const host = {
    print: (line: unknown) => lines.push(String(line)),
    repeat: (repeated: () => boolean) => {
      step = repeated;
    },
  };
  runInNewContext(`'use strict';${bundle}`, { host });
  while (step());
  return lines;
}
