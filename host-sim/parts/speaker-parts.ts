import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sensitivity } from '../../firmware/core/wake-points';
import type { SpeakerChoice } from '../command-line/arguments';
import { Problem } from '../command-line/problem';
import { PHONES } from '../grammar/phones';
import { type Board, loadBoard } from './boards';
import { loadPhones, loadWakeWord, type PhoneModel, type WakeWordModel } from './models';
import { pronunciationBytes, pronunciationsOf } from './pronunciations';

/** Everything that is loaded before a recording can be heard. */
export interface SpeakerParts {
  readonly wakeWords: readonly WakeWordModel[];
  readonly board: Board;
  readonly sensitivity: Sensitivity;
  /** Absent while there is no phone model: then only wake words are heard. */
  readonly commands?: Commands;
}

export interface Commands {
  readonly phones: PhoneModel;
  /** The compiled grammar. */
  readonly network: Uint8Array;
  readonly grammarName: string;
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PHONE_MODEL = 'phones';
const MODELS = join(ROOT, 'models');
export const DEFAULT_GRAMMAR = join(MODELS, 'home', 'home.grammar');

/** Throws Problem when a name is unknown or a file is not what it should be. */
export async function loadSpeakerParts(choice: SpeakerChoice): Promise<SpeakerParts> {
  const wakeWords = await Promise.all(choice.wake.map((name) => loadSpokenWakeWord(name)));
  const board = loadBoard(choice.board, join(ROOT, 'boards'));
  const commands = await loadCommands(choice.grammar);
  return { wakeWords, board, sensitivity: choice.sensitivity ?? 'normal', ...(commands ? { commands } : {}) };
}

/** A wake word that knows how it is said: from its manifest, or else from the dictionary. */
export async function loadSpokenWakeWord(nameOrPath: string): Promise<WakeWordModel> {
  const word = loadWakeWord(nameOrPath, MODELS);
  if (word.pronunciations) return word;
  const ways = await pronunciationsOf(word.name);
  return { ...word, pronunciations: pronunciationBytes(ways, nameOrPath) };
}

export async function loadCommands(grammarFile: string | undefined): Promise<Commands | undefined> {
  const path = grammarFile ?? DEFAULT_GRAMMAR;
  if (!existsSync(join(MODELS, PHONE_MODEL, 'model.json'))) return undefined;
  const phones = loadPhoneModel();
  return { phones, network: await compileNetwork(path), grammarName: basename(path) };
}

/** The phone model of the speaker, or that of another manifest or folder. @throws Problem when there is none */
export function loadPhoneModel(nameOrPath = PHONE_MODEL): PhoneModel {
  const phones = loadPhones(nameOrPath, MODELS);
  if (phones.phones.join() === PHONES.join()) return phones;
  throw new Problem(`${nameOrPath}: "phones" of its model.json must be ${PHONES.join(' ')}, in this order`);
}

/** As `loadCommands`, for what cannot do without a phone model. */
export async function loadNeededCommands(grammarFile: string | undefined): Promise<Commands> {
  const commands = await loadCommands(grammarFile);
  if (!commands) throw new Problem(`there is no phone model in models/${PHONE_MODEL}`);
  return commands;
}

/** The compiler and its dictionary are loaded only when there is something to compile. */
async function compileNetwork(path: string): Promise<Uint8Array> {
  const [{ compileGrammarFile }, { GrammarError }] = await Promise.all([
    import('../grammar/files'),
    import('../grammar/problem'),
  ]);
  try {
    return compileGrammarFile(path).network.file;
  } catch (error) {
    throw error instanceof GrammarError ? new Problem(error.message) : error; // names the file and the place
  }
}
