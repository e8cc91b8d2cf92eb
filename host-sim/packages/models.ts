import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PHONE_FEATURES, type Phones, type WakeWord } from '../../firmware/core/hearing';
import { readJsonObject } from '../cli/files';
import { Problem } from '../cli/problem';
import { embeddingShape, phonesShape, wakeWordShape } from './model-shape';
import { pronunciationBytes } from './pronunciations';
import { checked } from './schema';
import { wakePointsOf } from './wake-points';

/** A wake word as microWakeWord's version 2 manifests describe it, with the bytes of its network. */
export interface WakeWordModel extends WakeWord<Uint8Array> {
  /** Whether low and high sensitivity were measured, or are the cutoff's odds doubled and halved. */
  readonly hasMeasuredPoints: boolean;
  readonly featureStepMs: number;
  readonly tensorArenaBytes: number;
}

type ModelType = 'micro' | 'phones' | 'embedding';

const EMBEDDING = 'embedding';

/** The streaming phone model. Row 0 of its output is the blank, the phones follow in the order of `phones`. */
export interface PhoneModel extends Phones<Uint8Array> {
  readonly phones: readonly string[];
  readonly frameStepMs: number;
}

/** Loads a wake word by name (`models/<name>/model.json`) or by the path of a manifest or of its folder. */
export function loadWakeWord(nameOrPath: string, modelsFolder: string): WakeWordModel {
  const { path, fields } = readManifest(nameOrPath, modelsFolder, 'micro');
  const manifest = checked(wakeWordShape, fields, `${path}: `);
  const { wake_word: name, model, micro, earshot } = manifest;
  const { points, areMeasured } = wakePointsOf(manifest);
  const ways = earshot?.pronunciations;
  const verifier = earshot?.verifier;
  return {
    name,
    model: networkBytes(path, model),
    points,
    hasMeasuredPoints: areMeasured,
    ...(ways ? { pronunciations: pronunciationBytes(ways, `${path}: earshot.pronunciations`) } : {}),
    ...(verifier ? { wordVerifier: wordVerifierBytes(path, verifier, modelsFolder) } : {}),
    featureStepMs: micro.feature_step_size,
    tensorArenaBytes: micro.tensor_arena_size,
  };
}

function wordVerifierBytes(path: string, verifier: string, modelsFolder: string): Uint8Array {
  const bytes = networkBytes(path, verifier);
  if (findManifest(EMBEDDING, modelsFolder) === undefined) {
    const embedding = join(modelsFolder, EMBEDDING, 'model.json');
    throw new Problem(
      `${path}: the word verifier ${verifier} listens to a speech embedding, but there is no ${embedding}`,
    );
  }
  return bytes;
}

/** The speech embedding that all word verifiers listen to. */
export function loadEmbedding(modelsFolder: string): Uint8Array {
  const { path, fields } = readManifest(EMBEDDING, modelsFolder, 'embedding');
  return networkBytes(path, checked(embeddingShape, fields, `${path}: `).model);
}

export function loadPhones(nameOrPath: string, modelsFolder: string): PhoneModel {
  const { path, fields } = readManifest(nameOrPath, modelsFolder, 'phones');
  const {
    model,
    blankPenalty,
    features = PHONE_FEATURES[0],
    ...rest
  } = checked(phonesShape, fields, `${path}: `);
  return { ...rest, model: networkBytes(path, model), features, blankPenaltyNats: blankPenalty };
}

/** The network that a manifest names, beside it. */
function networkBytes(manifestPath: string, name: string): Uint8Array {
  const path = join(dirname(manifestPath), name);
  if (!existsSync(path)) throw new Problem(`${manifestPath}: the network it names is not there: ${path}`);
  const bytes = readFileSync(path);
  // a TFLite file carries this identifier behind the offset of its root table
  if (bytes.toString('latin1', 4, 8) !== 'TFL3') throw new Problem(`${path}: not a TFLite model`);
  return Uint8Array.from(bytes);
}

/** Names of the models of one type, in alphabetical order. */
export function modelNames(modelsFolder: string, type: ModelType): string[] {
  if (!existsSync(modelsFolder)) return [];
  const names = readdirSync(modelsFolder).filter((name) => {
    const path = join(modelsFolder, name, 'model.json');
    return existsSync(path) && new RegExp(`"type"\\s*:\\s*"${type}"`).test(readFileSync(path, 'utf8'));
  });
  return names.sort();
}

function readManifest(nameOrPath: string, modelsFolder: string, type: ModelType) {
  const path = findManifest(nameOrPath, modelsFolder);
  if (path === undefined) {
    const names = modelNames(modelsFolder, type).join(', ') || 'none yet';
    throw new Problem(
      `no model '${nameOrPath}': there is ${names} in ${modelsFolder}; or give the path of a model.json`,
    );
  }
  const fields = readJsonObject(path, 'a model.json');
  if (fields.type !== type)
    throw new Problem(
      `${path}: type is ${JSON.stringify(fields.type) ?? 'missing'}; "${type}" is needed here`,
    );
  if (type === 'micro' && fields.version !== 2) {
    throw new Problem(`${path}: version must be 2 (version 1 manifests describe another kind of network)`);
  }
  return { path, fields };
}

function findManifest(nameOrPath: string, modelsFolder: string): string | undefined {
  const isName = /^[\w-]+$/.test(nameOrPath);
  const places = isName ? [join(modelsFolder, nameOrPath, 'model.json'), nameOrPath] : [nameOrPath];
  for (const place of places) {
    const path = existsSync(place) && statSync(place).isDirectory() ? join(place, 'model.json') : place;
    if (existsSync(path)) return resolve(path);
  }
  return undefined;
}
