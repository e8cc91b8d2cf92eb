import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../command-line/problem';

/** A wake word as microWakeWord's version 2 manifests describe it, with the bytes of its network. */
export interface WakeWordModel {
  /** The word itself, as events name it. */
  readonly name: string;
  readonly tflite: Uint8Array;
  /** Mean probability over the window from which the word counts as heard, 0–1. */
  readonly probabilityCutoff: number;
  readonly slidingWindowSize: number;
  readonly featureStepMs: number;
  readonly tensorArenaBytes: number;
}

/** The streaming phone model. Row 0 of its output is the blank, the phones follow in the order of `phones`. */
export interface PhoneModel {
  readonly tflite: Uint8Array;
  readonly phones: readonly string[];
  readonly frameStepMs: number;
  readonly lookAheadMs: number;
  /** Taken from the blank's log-probability, in nats. */
  readonly blankPenalty: number;
}

/** Loads a wake word by name (`models/<name>/model.json`) or by the path of a manifest or of its folder. */
export function loadWakeWord(nameOrPath: string, modelsFolder: string): WakeWordModel {
  const manifest = readManifest(nameOrPath, modelsFolder, 'micro');
  const micro = manifest.child('micro');
  return {
    name: manifest.text('wake_word'),
    tflite: manifest.modelBytes(),
    probabilityCutoff: micro.number('probability_cutoff', 0, 1),
    slidingWindowSize: micro.integer('sliding_window_size', 1, 32),
    featureStepMs: micro.integer('feature_step_size', 10, 10), // the front end makes no other
    tensorArenaBytes: micro.integer('tensor_arena_size', 1, 1 << 26),
  };
}

export function loadPhones(nameOrPath: string, modelsFolder: string): PhoneModel {
  const manifest = readManifest(nameOrPath, modelsFolder, 'phones');
  return {
    tflite: manifest.modelBytes(),
    phones: manifest.texts('phones'),
    frameStepMs: manifest.integer('frameStepMs', 10, 120),
    lookAheadMs: manifest.number('lookAheadMs', 0, 2000),
    blankPenalty: manifest.number('blankPenalty', -20, 20),
  };
}

/** Names of the models of one type, in alphabetical order. */
export function modelNames(modelsFolder: string, type: 'micro' | 'phones'): string[] {
  if (!existsSync(modelsFolder)) return [];
  const names = readdirSync(modelsFolder).filter((name) => {
    const path = join(modelsFolder, name, 'model.json');
    return existsSync(path) && new RegExp(`"type"\\s*:\\s*"${type}"`).test(readFileSync(path, 'utf8'));
  });
  return names.sort();
}

function readManifest(nameOrPath: string, modelsFolder: string, type: 'micro' | 'phones'): Manifest {
  const path = findManifest(nameOrPath, modelsFolder);
  if (path === undefined) {
    const names = modelNames(modelsFolder, type).join(', ') || 'none yet';
    throw new Problem(
      `no model '${nameOrPath}': there is ${names} in ${modelsFolder}; or give the path of a model.json`,
    );
  }
  const manifest = new Manifest(path, parseObject(path));
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

function parseObject(path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Problem(`${path}: not JSON (${(error as Error).message})`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(`${path}: not a JSON object`);
  return value as Record<string, unknown>;
}

/** Reads fields of one manifest, naming file and field in every complaint. */
class Manifest {
  constructor(
    readonly path: string,
    readonly fields: Readonly<Record<string, unknown>>,
    readonly prefix = '',
  ) {}

  child(key: string): Manifest {
    const value = this.fields[key];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.wrong(key, 'an object');
    return new Manifest(this.path, value as Record<string, unknown>, `${this.prefix}${key}.`);
  }

  text(key: string): string {
    const value = this.fields[key];
    if (typeof value !== 'string' || value === '') throw this.wrong(key, 'a text');
    return value;
  }

  texts(key: string): string[] {
    const value = this.fields[key];
    if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
      return value;
    throw this.wrong(key, 'a list of texts');
  }

  number(key: string, least: number, most: number): number {
    const value = this.fields[key];
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw this.wrong(key, `a number from ${least} to ${most}`);
  }

  integer(key: string, least: number, most: number): number {
    const value = this.number(key, least, most);
    if (!Number.isInteger(value)) throw this.wrong(key, `a whole number from ${least} to ${most}`);
    return value;
  }

  modelBytes(): Uint8Array {
    const path = join(dirname(this.path), this.text('model'));
    if (!existsSync(path)) throw new Problem(`${this.path}: the network it names is not there: ${path}`);
    const bytes = readFileSync(path);
    // a TFLite file carries this identifier behind the offset of its root table
    if (bytes.toString('latin1', 4, 8) !== 'TFL3') throw new Problem(`${path}: not a TFLite model`);
    return Uint8Array.from(bytes);
  }

  private wrong(key: string, right: string): Problem {
    const value = JSON.stringify(this.fields[key]) ?? 'missing';
    return new Problem(`${this.path}: "${this.prefix}${key}" is ${value}, but must be ${right}`);
  }
}
