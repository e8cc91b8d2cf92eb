import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WakePoints } from '../../firmware/core/wake-points';
import type { PhoneFeatures } from '../../firmware/natives/esp32/ear';
import { readJsonObject } from '../command-line/files';
import { Problem } from '../command-line/problem';
import { Manifest } from './manifest';
import { pronunciationBytes } from './pronunciations';
import { readWakePoints } from './wake-points';

/** A wake word as microWakeWord's version 2 manifests describe it, with the bytes of its network. */
export interface WakeWordModel {
  /** The word itself, as events name it. */
  readonly name: string;
  readonly tflite: Uint8Array;
  /** Mean probability over the window from which the word counts as heard, 0–1. */
  readonly probabilityCutoff: number;
  readonly slidingWindowSize: number;
  /** Where it wakes, by sensitivity. */
  readonly points: WakePoints;
  /** Whether low and high sensitivity were measured, or are the cutoff's odds doubled and halved. */
  readonly hasMeasuredPoints: boolean;
  /** How the word is said, as the second look reads it; empty when there can be none, undefined when the manifest does
   * not say. */
  readonly pronunciations: Uint8Array | undefined;
  /** What has a say in its second looks, where it has one. */
  readonly verifier?: VerifierModel;
  readonly featureStepMs: number;
  readonly tensorArenaBytes: number;
}

/** A wake word's verifier, and the speech embedding that it listens to: the same for all words. */
export interface VerifierModel {
  readonly tflite: Uint8Array;
  readonly embedding: Uint8Array;
}

type ModelType = 'micro' | 'phones' | 'embedding';

const EMBEDDING = 'embedding';
const PHONE_FEATURES: readonly PhoneFeatures[] = ['noise-reduced', 'plain'];

/** The streaming phone model. Row 0 of its output is the blank, the phones follow in the order of `phones`. */
export interface PhoneModel {
  readonly tflite: Uint8Array;
  readonly phones: readonly string[];
  readonly frameStepMs: number;
  readonly lookAheadMs: number;
  /** What it was taught to hear. */
  readonly features: PhoneFeatures;
  /** Taken from the blank's log-probability, in nats. */
  readonly blankPenalty: number;
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
    tflite: manifest.modelBytes(),
    probabilityCutoff: points.normal.probabilityCutoff,
    slidingWindowSize: points.normal.slidingWindowSize,
    points,
    hasMeasuredPoints: areMeasured,
    pronunciations: ways && pronunciationBytes(ways, `${manifest.path}: "earshot.pronunciations"`),
    ...(earshot?.has('verifier') ? { verifier: loadVerifier(earshot, modelsFolder) } : {}),
    featureStepMs: micro.integer('feature_step_size', 10, 10), // the front end makes no other
    tensorArenaBytes: micro.integer('tensor_arena_size', 1, 1 << 26),
  };
}

function loadVerifier(earshot: Manifest, modelsFolder: string): VerifierModel {
  const tflite = earshot.modelBytes('verifier');
  if (findManifest(EMBEDDING, modelsFolder) === undefined) {
    const verifier = `the verifier ${earshot.text('verifier')}`;
    const embedding = join(modelsFolder, EMBEDDING, 'model.json');
    throw new Problem(
      `${earshot.path}: ${verifier} listens to a speech embedding, but there is no ${embedding}`,
    );
  }
  return { tflite, embedding: loadEmbedding(modelsFolder) };
}

/** The speech embedding that all verifiers listen to. */
export function loadEmbedding(modelsFolder: string): Uint8Array {
  return readManifest(EMBEDDING, modelsFolder, 'embedding').modelBytes();
}

export function loadPhones(nameOrPath: string, modelsFolder: string): PhoneModel {
  const manifest = readManifest(nameOrPath, modelsFolder, 'phones');
  return {
    tflite: manifest.modelBytes(),
    phones: manifest.texts('phones'),
    frameStepMs: manifest.integer('frameStepMs', 10, 120),
    lookAheadMs: manifest.integer('lookAheadMs', 0, 2000),
    features: manifest.has('features') ? manifest.choice('features', PHONE_FEATURES) : 'noise-reduced',
    blankPenalty: manifest.number('blankPenalty', -20, 20),
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
