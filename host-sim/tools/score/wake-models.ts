import { basename, dirname, resolve } from 'node:path';
import type { WakeWordModel } from '../../packages/models';
import { loadSpokenWakeWord } from '../../packages/speaker';
import { describeReferences, isReference, type Reference } from './references';

/** A model to judge: one that the speaker itself can run, or another project's. */
export type ScoredModel =
  | ({ readonly kind: 'own'; readonly model: WakeWordModel; readonly looks: boolean } & Reference)
  | ({ readonly kind: 'reference' } & Reference);

/** @param names a folder of models/, the path of a manifest, `pymicro:NAME` or `openwakeword:NAME`
 * @param withSecondLook whether the speaker's phone model may veto
 * @throws Problem */
export async function loadScoredModels(
  names: readonly string[],
  withSecondLook: boolean,
): Promise<ScoredModel[]> {
  const own = names.filter((name) => !isReference(name));
  const loaded = new Map<string, ScoredModel>();
  for (const name of own) loaded.set(name, ownModel(name, await loadSpokenWakeWord(name), withSecondLook));
  for (const reference of describeReferences(names.filter(isReference)))
    loaded.set(reference.name, { kind: 'reference', ...reference });
  return names.map((name) => loaded.get(name) as ScoredModel);
}

function ownModel(nameOrPath: string, model: WakeWordModel, withSecondLook: boolean): ScoredModel {
  const { probabilityCutoff: cutoff, slidingWindowSize: window } = model.points.normal;
  const looks = withSecondLook && (model.pronunciations?.length ?? 0) > 0;
  return { kind: 'own', model, looks, name: shortName(nameOrPath), word: model.name, cutoff, window };
}

/** Of a path: the file's own name, or its folder's where all are called the same. */
function shortName(nameOrPath: string): string {
  const name = basename(nameOrPath, '.json');
  return name === 'model' ? basename(dirname(resolve(nameOrPath))) : name;
}
