import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelsConfiguration } from '../../firmware/board';
import { Problem } from '../command-line/problem';
import { operatorsOf } from './model-operators';
import { ROOT, type SpeakerParts } from './speaker-parts';

/** The models and the grammar as the firmware wants them: what is told, and the resources by name. */
export interface FirmwareModels {
  readonly configuration: ModelsConfiguration;
  readonly resources: Readonly<Record<string, Uint8Array>>;
}

type HearingParts = Pick<SpeakerParts, 'wakeWords' | 'commands'>;

const EMBEDDING_RESOURCE = 'embedding.tflite';
const PHONES_RESOURCE = 'phones.tflite';
const NETWORK_RESOURCE = 'home.network';
const NETWORK_PATH = `home/${NETWORK_RESOURCE}`;
const MODELS = join(ROOT, 'models');

export function firmwareModels({ wakeWords, commands }: HearingParts): FirmwareModels {
  const resources: Record<string, Uint8Array> = {};
  const words = wakeWords.map(({ name, tflite, points, pronunciations, verifier: judge }) => {
    const base = name.replaceAll(/\W+/g, '-');
    const resource = `${base}.tflite`;
    resources[resource] = tflite;
    const word = { name, resource, points, pronunciations: [...(pronunciations ?? [])] };
    if (!judge) return word;
    const verifier = `${base}-verifier.tflite`;
    resources[verifier] = judge.tflite;
    resources[EMBEDDING_RESOURCE] = judge.embedding;
    return { ...word, verifier };
  });
  const embedding = EMBEDDING_RESOURCE in resources ? { embedding: EMBEDDING_RESOURCE } : {};
  if (!commands) return { configuration: { wakeWords: words, ...embedding }, resources };
  const { blankPenalty, lookAheadMs, features, tflite } = commands.phones;
  resources[PHONES_RESOURCE] = tflite;
  resources[NETWORK_RESOURCE] = commands.network;
  const tuning = { phones: PHONES_RESOURCE, network: NETWORK_RESOURCE, blankPenalty, lookAheadMs, features };
  return { configuration: { wakeWords: words, ...embedding, commands: tuning }, resources };
}

/** The files in models/ that the firmware is built with, by path: the compiled grammar, the manifest that names the
 * resources and tells how to use them, and the operators that the models need. */
export function pack(parts: HearingParts): Readonly<Record<string, Uint8Array | string>> {
  const { configuration, resources } = firmwareModels(parts);
  const manifest = {
    resources: { '*': Object.keys(resources).map((name) => `./${pathOf(name, resources[name])}`) },
    config: { models: configuration },
  };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  const network = resources[NETWORK_RESOURCE];
  const made = { 'manifest.json': text, 'operators.h': operatorsHeader(resources) };
  return network ? { [NETWORK_PATH]: network, ...made } : made;
}

/** What natives/esp32/tflm.cpp builds in. */
function operatorsHeader(resources: FirmwareModels['resources']): string {
  const models = Object.entries(resources).filter(([name]) => name !== NETWORK_RESOURCE);
  const operators = [...new Set(models.flatMap(([, bytes]) => operatorsOf(bytes)))].sort((a, b) => a - b);
  const names = models.map(([name]) => ` * ${name}\n`).join('');
  return `/* The operators of these models, by their numbers in TensorFlow Lite's schema. Written by \`npm run pack\`.
${names} */
#define MODEL_OPERATORS ${operators.join(', ')}
`;
}

/** Where a resource lies in models/: the network is written there, a model is the file that has its very bytes. */
function pathOf(resource: string, bytes: Uint8Array | undefined): string {
  if (resource === NETWORK_RESOURCE) return NETWORK_PATH;
  const found = readdirSync(MODELS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${name}/${resource}`)
    .find((path) => isAt(path, bytes));
  if (found === undefined) throw new Problem(`no folder of models/ has the model ${resource}`);
  return found;
}

function isAt(path: string, bytes: Uint8Array | undefined): boolean {
  try {
    return bytes !== undefined && readFileSync(join(MODELS, path)).equals(bytes);
  } catch {
    return false;
  }
}
