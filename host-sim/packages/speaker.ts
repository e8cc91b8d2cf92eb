import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Commands, Hearing, WakeWord } from '../../firmware/core/hearing';
import { SETTINGS } from '../../firmware/core/settings';
import type { Sensitivity } from '../../firmware/core/wake-points';
import { Problem } from '../cli/problem';
import { PHONES } from '../grammar/phones';
import { type Board, loadBoard } from './boards';
import { loadEmbedding, loadPhones, loadWakeWord, type PhoneModel, type WakeWordModel } from './models';
import { pronunciationBytes, pronunciationsOf } from './pronunciations';
import { ROOT } from './root';
import type { SpeakerChoice } from './speaker-choice';

/** Everything that is loaded before a recording can be heard. */
export interface LoadedSpeaker {
  readonly hearing: LoadedHearing;
  readonly board: Board;
  readonly sensitivity: Sensitivity;
  /** A POSIX TZ string, where one was chosen. */
  readonly zone?: string;
  /** What its flash holds, where it was read from there. */
  readonly resourceFile?: Uint8Array;
}

/** What an ear hears with, and what people want to know of it. */
export interface LoadedHearing extends Hearing<Uint8Array> {
  readonly wakeWords: readonly LoadedWakeWord[];
  /** Absent while there is no phone model: then only wake words are heard. */
  readonly commands?: LoadedCommands;
}

export type LoadedWakeWord = WakeWord<Uint8Array> & Pick<WakeWordModel, 'hasMeasuredPoints'>;

export interface LoadedCommands extends Commands<Uint8Array> {
  readonly grammarName: string;
}

const PHONE_MODEL = 'phones';
const MODELS = join(ROOT, 'models');
export const DEFAULT_GRAMMAR = join(MODELS, 'home', 'home.grammar');

/** Throws Problem when a name is unknown or a file is not what it should be. */
export async function loadSpeaker(choice: SpeakerChoice): Promise<LoadedSpeaker> {
  const board = loadBoard(choice.board, join(ROOT, 'boards')); // first, as what is wrong with it is told at once
  const hearing = await loadHearing(choice.wake, choice.grammar, choice.phones);
  const { sensitivity = 'normal', zone } = choice;
  return { hearing, board, sensitivity, ...(zone === undefined ? {} : { zone }) };
}

/** Throws Problem when a name is unknown or a file is not what it should be. */
export async function loadHearing(
  wake: readonly string[],
  grammarFile: string | undefined,
  phoneModel?: string,
): Promise<LoadedHearing> {
  const wakeWords = await Promise.all(wake.map((name) => loadSpokenWakeWord(name)));
  return hearingOf(wakeWords, await loadCommands(grammarFile, phoneModel));
}

/** With the speech embedding, where one of the words has a word verifier, which listens to it. */
export function hearingOf(
  wakeWords: readonly LoadedWakeWord[],
  commands: LoadedCommands | undefined,
): LoadedHearing {
  const isVerified = wakeWords.some(({ wordVerifier }) => wordVerifier);
  return {
    wakeWords,
    ...(isVerified ? { embedding: loadEmbedding(MODELS) } : {}),
    ...(commands ? { commands } : {}),
  };
}

/** What the speaker's store holds when nothing was set but what was chosen here. */
export function storedSettings({ sensitivity, zone }: LoadedSpeaker): Readonly<Record<string, string>> {
  const chosen = { [SETTINGS.sensitivity.name]: sensitivity };
  return zone === undefined ? chosen : { ...chosen, [SETTINGS.zone.name]: zone };
}

/** A wake word that knows how it is said: from its manifest, or else from the dictionary. */
export async function loadSpokenWakeWord(nameOrPath: string): Promise<WakeWordModel> {
  const word = loadWakeWord(nameOrPath, MODELS);
  if (word.pronunciations) return word;
  const ways = await pronunciationsOf(word.name);
  return { ...word, pronunciations: pronunciationBytes(ways, nameOrPath) };
}

export async function loadCommands(
  grammarFile: string | undefined,
  phoneModel = PHONE_MODEL,
): Promise<LoadedCommands | undefined> {
  const path = grammarFile ?? DEFAULT_GRAMMAR;
  if (phoneModel === PHONE_MODEL && !existsSync(join(MODELS, PHONE_MODEL, 'model.json'))) return undefined;
  const phones = loadPhoneModel(phoneModel);
  return { phones, graph: await compileGraph(path), grammarName: basename(path) };
}

/** The phone model of the speaker, or that of another manifest or folder. @throws Problem when there is none */
export function loadPhoneModel(nameOrPath = PHONE_MODEL): PhoneModel {
  const phones = loadPhones(nameOrPath, MODELS);
  if (phones.phones.join() === PHONES.join()) return phones;
  throw new Problem(`${nameOrPath}: "phones" of its model.json must be ${PHONES.join(' ')}, in this order`);
}

/** As `loadCommands`, for what cannot do without a phone model. */
export async function loadNeededCommands(
  grammarFile: string | undefined,
  phoneModel?: string,
): Promise<LoadedCommands> {
  const commands = await loadCommands(grammarFile, phoneModel);
  if (!commands) throw new Problem(`there is no phone model in models/${PHONE_MODEL}`);
  return commands;
}

/** The compiler and its dictionary are loaded only when there is something to compile. */
async function compileGraph(path: string): Promise<Uint8Array> {
  const [{ compileGrammarFile }, { GrammarError }] = await Promise.all([
    import('../grammar/files'),
    import('../grammar/problem'),
  ]);
  try {
    return compileGrammarFile(path).graph.file;
  } catch (error) {
    throw error instanceof GrammarError ? new Problem(error.message) : error; // names the file and the place
  }
}
