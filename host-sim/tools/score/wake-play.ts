import { basename, resolve } from 'node:path';
import { hearingOf, loadCommands } from '../../packages/speaker';
import { backgroundsOf, type Condition, nameOf } from './conditions';
import { playTasks } from './progress';
import { type Readable, readable, readSounds, recordingsIn } from './sounds';
import type { ScoredModel } from './wake-models';
import type { WakeHeard, WakeSetup, WakeTask } from './wake-settings';

/** What is to be played: recordings with the word, each in every condition, and sets of others as they are. */
export interface Plan {
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
  /** The first is clean. */
  readonly conditions: readonly Condition[];
}

export interface Heard extends WakeHeard {
  readonly path: string;
  /** The set it belongs to: the folder that was named. */
  readonly set: string;
}

export interface Played {
  readonly positives: readonly Heard[];
  readonly negatives: readonly Heard[];
  readonly conditions: readonly { readonly name: string; readonly kind: Condition['kind'] }[];
  readonly exitCode: Readable['exitCode'];
}

interface Item {
  readonly path: string;
  readonly set: string;
}

/** Plays everything to all models at once, on all cores. @throws Problem */
export async function play(models: readonly ScoredModel[], plan: Plan): Promise<Played> {
  const backgrounds = await readSounds(plan.conditions.flatMap(backgroundsOf));
  const listed = [plan.positives, plan.negatives].map(itemsIn);
  const { paths, exitCode } = await readable(listed.flat().map(({ path }) => path));
  const isReadable = new Set(paths);
  const [positives, negatives] = listed.map((set) => set.filter(({ path }) => isReadable.has(path))) as [
    Item[],
    Item[],
  ];
  const items = [...positives, ...negatives];
  const clean: readonly Condition[] = [{ kind: 'clean' }];
  const tasks = items.map(({ path }, index): WakeTask => {
    return { path, conditions: index < positives.length ? plan.conditions : clean, seed: index };
  });
  const module = new URL('./wake-worker.ts', import.meta.url);
  const words = models.flatMap((each) => (each.kind === 'own' && each.looks ? [each.model] : []));
  const commands = words.length > 0 ? await loadCommands(undefined) : undefined;
  const setup = { models, backgrounds, hearing: hearingOf(words, commands) };
  const results = await playTasks<WakeSetup, WakeTask, WakeHeard>(module, setup, tasks, ({ path }) => path);
  const heard = results.map((result, index): Heard => ({ ...(items[index] as Item), ...result }));
  return {
    positives: heard.slice(0, positives.length),
    negatives: heard.slice(positives.length),
    conditions: plan.conditions.map((each) => ({ name: nameOf(each), kind: each.kind })),
    exitCode,
  };
}

function itemsIn(paths: readonly string[]): Item[] {
  return paths.flatMap((path) => {
    return recordingsIn([path]).map((file) => ({ path: file, set: basename(resolve(path)) }));
  });
}
