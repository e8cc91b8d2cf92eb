import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PHONE_FEATURES, type Phones, type WakeWord } from '../../firmware/core/hearing';
import { readJsonObject } from '../cli/files';
import { Problem } from '../cli/problem';
import { Manifest } from './manifest';
import { pronunciationBytes } from './pronunciations';
import { readWakePoints } from './wake-points';

/** A wake word as microWakeWord's version 2 manifests describe it, with the bytes of its network. */
export interface WakeWordModel extends WakeWord<Uint8Array> {
  /** Whether low and high sensitivity were measured, or are the cutoff's odds doubled and halved. */
  readonly hasMeasuredPoints: boolean;
  readonly featureStepMs: number;
  readonly tensorArenaBytes: number;
}

type ModelType = 'micro' | 'phones' | 'embedding';

const EMBEDDING = 'embedding';
/** The field of a `model.json` keeps the name with which models were published. */
const WORD_VERIFIER = 'verifier';

/** The streaming phone model. Row 0 of its output is the blank, the phones follow in the order of `phones`. */
export interface PhoneModel extends Phones<Uint8Array> {
  readonly phones: readonly string[];
  readonly frameStepMs: number;
}

/** Loads a wake word by name (`models/<name>/model.json`) or by the path of a manifest or of its folder. */
export function loadWakeWord(nameOrPath: string, modelsFolder: string): WakeWordModel {
  const manifest = readManifest(nameOrPath, modelsFolder, 'micro');
  const micro = manifest.child('micro');
  const earshot = manifest.optionalChild('earshot');
  const { points, areMeasured } = readWakePoints(micro, earshot);
  const ways = earshot?.optionalLists('pronunciations');
  return {
    name: manifest.text('wake_word'),
    model: manifest.modelBytes(),
    points,
    hasMeasuredPoints: areMeasured,
    ...(ways
      ? { pronunciations: pronunciationBytes(ways, `${manifest.path}: "earshot.pronunciations"`) }
      : {}),
    ...(earshot?.has(WORD_VERIFIER) ? { wordVerifier: wordVerifierOf(earshot, modelsFolder) } : {}),
    featureStepMs: micro.integer('feature_step_size', 10, 10), // the front end makes no other
    tensorArenaBytes: micro.integer('tensor_arena_size', 1, 1 << 26),
  };
}

function wordVerifierOf(earshot: Manifest, modelsFolder: string): Uint8Array {
  const bytes = earshot.modelBytes(WORD_VERIFIER);
  if (findManifest(EMBEDDING, modelsFolder) === undefined) {
    const wordVerifier = `the word verifier ${earshot.text(WORD_VERIFIER)}`;
    const embedding = join(modelsFolder, EMBEDDING, 'model.json');
    throw new Problem(
      `${earshot.path}: ${wordVerifier} listens to a speech embedding, but there is no ${embedding}`,
    );
  }
  return bytes;
}

/** The speech embedding that all word verifiers listen to. */
export function loadEmbedding(modelsFolder: string): Uint8Array {
  return readManifest(EMBEDDING, modelsFolder, 'embedding').modelBytes();
}

export function loadPhones(nameOrPath: string, modelsFolder: string): PhoneModel {
  const manifest = readManifest(nameOrPath, modelsFolder, 'phones');
  return {
    model: manifest.modelBytes(),
    phones: manifest.texts('phones'),
    frameStepMs: manifest.integer('frameStepMs', 10, 120),
    lookAheadMs: manifest.integer('lookAheadMs', 0, 2000),
    features: manifest.has('features') ? manifest.choice('features', PHONE_FEATURES) : PHONE_FEATURES[0],
    blankPenaltyNats: manifest.number('blankPenalty', -20, 20),
  };
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

function readManifest(nameOrPath: string, modelsFolder: string, type: ModelType): Manifest {
  const path = findManifest(nameOrPath, modelsFolder);
  if (path === undefined) {
    const names = modelNames(modelsFolder, type).join(', ') || 'none yet';
    throw new Problem(
      `no model '${nameOrPath}': there is ${names} in ${modelsFolder}; or give the path of a model.json`,
    );
  }
  const manifest = new Manifest(path, readJsonObject(path, 'a model.json'));
  const found = manifest.text('type');
  if (found !== type) throw new Problem(`${path}: "type" is "${found}", but "${type}" is needed here`);
  if (type === 'micro' && manifest.integer('version', 1, 99) !== 2) {
    throw new Problem(`${path}: "version" must be 2 (version 1 manifests describe another kind of network)`);
  }
  return manifest;
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
