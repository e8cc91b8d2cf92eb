import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hearing, withModels } from '../../firmware/core/hearing';
import { Problem } from '../cli/problem';
import { operatorsOf } from './model-operators';
import { type Resource, writeResourceFile } from './resource-file';
import { ROOT } from './root';

/** The models and the grammar as the firmware wants them: the hearing that is told, and its resources by name. */
export interface FirmwareModels {
  readonly configuration: Hearing<string>;
  readonly resources: Readonly<Record<string, Uint8Array>>;
}

/** Says how the others are used; the firmware asks for it by this name. */
export const HEARING_RESOURCE = 'hearing.json';
const EMBEDDING_RESOURCE = 'embedding.tflite';
const PHONES_RESOURCE = 'phones.tflite';
const GRAPH_RESOURCE = 'home.graph';
const PACKED_PATH = 'resources.json';
const GRAPH_PATH = `home/${GRAPH_RESOURCE}`;
const MODELS = join(ROOT, 'models');

export function firmwareModels(hearing: Hearing<Uint8Array>): FirmwareModels {
  const names = resourceNames(hearing);
  const resources: Record<string, Uint8Array> = {};
  const configuration = withModels(hearing, (bytes) => {
    const name = names.get(bytes) as string;
    resources[name] = bytes;
    return name;
  });
  return { configuration: configuration as Hearing<string>, resources };
}

function resourceNames({ wakeWords, embedding, commands }: Hearing<Uint8Array>): Map<Uint8Array, string> {
  const names = new Map<Uint8Array, string>();
  const bases = new Map<string, number>();
  for (const { name, model, wordVerifier } of wakeWords) {
    const plain = name.replaceAll(/\W+/g, '-');
    const count = (bases.get(plain) ?? 0) + 1;
    bases.set(plain, count);
    const base = count === 1 ? plain : `${plain}-${count}`; // two models may be of one word
    names.set(model, `${base}.tflite`);
    if (wordVerifier) names.set(wordVerifier, `${base}-verifier.tflite`);
  }
  if (embedding) names.set(embedding, EMBEDDING_RESOURCE);
  if (commands) names.set(commands.phones.model, PHONES_RESOURCE).set(commands.graph, GRAPH_RESOURCE);
  return names;
}

/** The file of resources that a speaker with this hearing has in flash; of two the one with the greater revision is the
 * newer. @throws RangeError when a name is too long */
export function resourceFileOf(hearing: Hearing<Uint8Array>, revision?: number): Uint8Array {
  const { configuration, resources } = firmwareModels(hearing);
  return fileOf(configuration, resources, revision);
}

function fileOf(
  configuration: Hearing<string>,
  resources: FirmwareModels['resources'],
  revision?: number,
): Uint8Array {
  const models = Object.entries(resources).map(
    ([name, bytes]): Resource => ({ name, kind: name === GRAPH_RESOURCE ? 'grammar' : 'model', bytes }),
  );
  const text = new TextEncoder().encode(JSON.stringify(configuration));
  return writeResourceFile([{ name: HEARING_RESOURCE, kind: 'hearing', bytes: text }, ...models], revision);
}

/** What `pack` has written: how the models are used, and where in models/ each resource lies. */
interface Packed {
  readonly hearing: Hearing<string>;
  readonly files: Readonly<Record<string, string>>;
}

/** The file of resources of what was packed last. @throws Problem when a file is gone */
export function packedResourceFile(): Uint8Array {
  const { hearing, files } = JSON.parse(readFileSync(join(MODELS, PACKED_PATH), 'utf8')) as Packed;
  const resources = Object.entries(files).map(([name, path]) => [name, readPacked(path)] as const);
  return fileOf(hearing, Object.fromEntries(resources));
}

function readPacked(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(join(MODELS, path)));
  } catch {
    throw new Problem(`models/${path}, which models/${PACKED_PATH} names, cannot be read: run npm run pack`);
  }
}

/** The files in models/ that the firmware is built with, by path: the compiled grammar, the list of resources with how to
 * use them, and the operators that the models need. */
export function pack(hearing: Hearing<Uint8Array>): Readonly<Record<string, Uint8Array | string>> {
  const { configuration, resources } = firmwareModels(hearing);
  const files = Object.entries(resources).map(([name, bytes]) => [name, pathOf(name, bytes)]);
  const packed: Packed = { hearing: configuration, files: Object.fromEntries(files) };
  const text = `${JSON.stringify(packed, undefined, 2)}\n`;
  const graph = resources[GRAPH_RESOURCE];
  const made = { [PACKED_PATH]: text, 'operators.h': operatorsHeader(resources) };
  return graph ? { [GRAPH_PATH]: graph, ...made } : made;
}

/** What esp32/tflm.cpp builds in. */
function operatorsHeader(resources: FirmwareModels['resources']): string {
  const models = Object.entries(resources).filter(([name]) => name !== GRAPH_RESOURCE);
  const operators = [...new Set(models.flatMap(([, bytes]) => operatorsOf(bytes)))].sort((a, b) => a - b);
  const names = models.map(([name]) => ` * ${name}\n`).join('');
  return `/* The operators of these models, by their numbers in TensorFlow Lite's schema. Written by \`npm run pack\`.
${names} */
#define MODEL_OPERATORS ${operators.join(', ')}
`;
}

/** Where a resource lies in models/: the graph is written there, a model is the file that has its very bytes. */
function pathOf(resource: string, bytes: Uint8Array | undefined): string {
  if (resource === GRAPH_RESOURCE) return GRAPH_PATH;
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
