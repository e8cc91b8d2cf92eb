/// <reference types="webassembly-js-api" />
import { type Hearing, withModels } from '../../../firmware/core/hearing';
import { PHONES } from '../../grammar/phones';
import { type MuteSpan, parseMuteSpans } from '../../sim/io/mute-spans';
import { readResourceFile } from '../../sim/wasm/read-resources';
import { unpackDictionary } from '../dictionary-form';
import type { SpeakerFacts } from './messages';
import { undiffer } from './undiffer';
import { unpack } from './unpack';

/** By name, as the build packed it. */
export type Cargo = Readonly<Record<string, string>>;

/** What the build says of the speaker beside its models. */
export interface Notes {
  readonly board: string;
  readonly ringPixels: number;
  readonly bundled: { readonly name: string; readonly mute: string };
  readonly grammar: Readonly<Record<string, string>>;
}

/** All that is needed to hear: the natives, what a speaker has in flash, and the bundled recording. */
export interface Speaker {
  readonly natives: WebAssembly.Module;
  readonly hearing: Hearing<Uint8Array>;
  readonly facts: SpeakerFacts;
  readonly bundled: {
    readonly name: string;
    readonly pcm: Int16Array;
    readonly mute: readonly MuteSpan[];
  };
  /** Unpacked when a grammar is first read. */
  readonly dictionary: () => Promise<Readonly<Record<string, string>>>;
}

export async function loadSpeaker(cargo: Cargo): Promise<Speaker> {
  const take = (name: string): Promise<Uint8Array> => unpack(cargo[name] as string);
  const [wasm, flash, sound, notesText] = await Promise.all(
    ['natives', 'flash', 'bundled', 'notes'].map(take),
  );
  const notes = JSON.parse(textOf(notesText)) as Notes;
  const natives = await WebAssembly.compile(wasm as Uint8Array<ArrayBuffer>);
  const hearing = hearingIn(natives, flash as Uint8Array);
  return {
    natives,
    hearing,
    facts: {
      wakeWords: hearing.wakeWords.map(({ name, points }) => ({ name, points })),
      phones: PHONES,
      lookAheadMs: hearing.commands?.phones.lookAheadMs ?? 0,
      grammar: notes.grammar,
      board: notes.board,
      ringPixels: notes.ringPixels,
    },
    bundled: {
      name: notes.bundled.name,
      pcm: undiffer(sound as Uint8Array),
      mute: parseMuteSpans(notes.bundled.mute),
    },
    dictionary: once(async () => unpackDictionary(textOf(await take('dictionary')))),
  };
}

/** The file of resources is the one that a speaker has in flash, read by the C that reads it there. */
function hearingIn(natives: WebAssembly.Module, flash: Uint8Array): Hearing<Uint8Array> {
  const { resources } = readResourceFile(natives, flash);
  const found = new Map(resources.map(({ name, bytes }) => [name, bytes]));
  const described = resources.find(({ kind }) => kind === 'hearing');
  const configuration = JSON.parse(textOf(described?.bytes)) as Hearing<string>;
  return withModels(configuration, (name) => found.get(name) as Uint8Array) as Hearing<Uint8Array>;
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
