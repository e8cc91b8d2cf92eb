import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../cli/problem';
import { modelNames } from '../../packages/models';
import { ROOT } from '../../packages/root';
import { conditionsOf, talkConditionsOf } from './conditions';
import { talkIn } from './sounds';
import { loadScoredModels } from './wake-models';
import { play } from './wake-play';
import { tableOf } from './wake-report';
import { type ModelResult, resultOf } from './wake-results';

const LEVELS_DB = [5, 10, 20];
const NOISES = ['kitchen.flac', 'running_tap.flac'];

/** Plays the recordings of `data` to every model of models/: to each its own word, everything else as what must not wake
 * it, and other recordings without any of the words. @returns Markdown and the results @throws Problem */
export async function scorecard(
  data: string,
  others: readonly string[],
): Promise<{ text: string; results: ModelResult[] }> {
  if (!existsSync(data)) throw new Problem(`${data}: not there; --data names the folder of the recordings`);
  const results: ModelResult[] = [];
  const sections: string[] = [];
  for (const name of modelNames(join(ROOT, 'models'), 'micro')) {
    const result = await scoreOf(name, data, others);
    results.push(result);
    sections.push(`## ${name}\n\n${tableOf([result])}`);
  }
  return { text: [INTRODUCTION, ...sections].join('\n\n'), results };
}

const INTRODUCTION = `# How well the wake words wake

Written by \`npm run wake:score -- --scorecard\`. Each recording is played as to a speaker just switched on, at the
cutoff that the model is shipped with; 95 % intervals in brackets. Rooms are simulated; talk is twelve seconds of somebody
else, as loud. Where recordings had a say in choosing a model, its card says so.`;

async function scoreOf(name: string, data: string, others: readonly string[]): Promise<ModelResult> {
  const models = await loadScoredModels([name], true);
  const own = join(data, 'wake-words', name);
  const positives = existsSync(own) ? [own] : [];
  const noises = NOISES.map((file) => join(data, 'noise', file)).filter((path) => existsSync(path));
  const negatives = [...soundsIn(data).filter((folder) => folder !== own), ...others];
  const talk = talkIn([join(data, 'read-speech')].filter((path) => existsSync(path)));
  // the talk in a single noise: each of its conditions is minutes of sound
  const conditions =
    positives.length > 0
      ? [...conditionsOf(noises, LEVELS_DB, true), ...talkConditionsOf(talk, noises.slice(0, 1), [10])]
      : conditionsOf([], [], false);
  const played = await play(models, { positives, negatives, conditions });
  return resultOf(models[0] as (typeof models)[0], 0, played);
}

/** Each word's folder, then the others that hold recordings. */
function soundsIn(data: string): string[] {
  const foldersIn = (path: string): string[] =>
    existsSync(path)
      ? readdirSync(path)
          .map((name) => join(path, name))
          .filter((each) => statSync(each).isDirectory())
          .sort()
      : [];
  const words = join(data, 'wake-words');
  return [...foldersIn(words), ...foldersIn(data).filter((folder) => folder !== words)];
}
