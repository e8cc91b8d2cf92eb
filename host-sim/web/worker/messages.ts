/** What the page and its worker tell each other. Sound goes to the worker and, to be played, back to the page; nowhere else. */
import type { Cue } from '../../../firmware/core/ports';
import type { Sensitivity, WakePoints } from '../../../firmware/core/wake-points';
import type { Problem } from '../../grammar/problem';
import type { MuteSpan } from '../../sim/io/mute-spans';
import type { OpenedRecording } from '../../tools/replay/timeline/json-lines';

/** What a person does to the speaker while a recording plays. The same script over the same sound gives the same lines. */
export interface Script {
  readonly mute: readonly MuteSpan[];
  /** When the button is pressed, in milliseconds. */
  readonly pressesMs: readonly number[];
  readonly sensitivity: Sensitivity;
}

/** The files of a grammar by name; the first is the one that imports the others. */
export type GrammarFiles = Readonly<Record<string, string>>;

export type Order =
  | { readonly type: 'unpack'; readonly cargo: Readonly<Record<string, string>> }
  | { readonly type: 'openBundled' }
  | { readonly type: 'openFile'; readonly name: string; readonly bytes: ArrayBuffer }
  /** Of a file that only the browser reads. */
  | {
      readonly type: 'openSound';
      readonly name: string;
      readonly what: string;
      readonly sampleRate: number;
      readonly channels: readonly Float32Array[];
    }
  | { readonly type: 'replay'; readonly run: number; readonly script: Script }
  /** Sound comes through the port as Float32Array, one channel. */
  | {
      readonly type: 'listen';
      readonly run: number;
      readonly sampleRate: number;
      readonly port: MessagePort;
      readonly script: Script;
    }
  | { readonly type: 'move'; readonly muted: boolean }
  | { readonly type: 'press' }
  | { readonly type: 'stopListening' }
  | { readonly type: 'readGrammar'; readonly files: GrammarFiles; readonly takes: boolean }
  | { readonly type: 'understand'; readonly text: string };

/** What there is to know of the speaker before it hears. */
export interface SpeakerFacts {
  readonly wakeWords: readonly { readonly name: string; readonly points: WakePoints }[];
  readonly phones: readonly string[];
  /** How much later than the sound the phone model's rows come. */
  readonly lookAheadMs: number;
  readonly grammar: GrammarFiles;
  readonly board: string;
  readonly ringPixels: number;
}

export const FRAME_MS = 10;
export const FEATURES = 40;
/** Blank, then the phones. */
export const CLASSES = 40;

/** In `flags` of a frame. */
export const MUTED = 1;
export const LOOKING = 2;
export const LISTENING = 4;

/** What was heard since the last message: arrays with one entry a frame of 10 ms, or as many as said. */
export interface Heard {
  readonly run: number;
  readonly fromFrame: number;
  readonly frames: number;
  /** Lines as `replay --json` writes them. */
  readonly lines: readonly string[];
  /** `FEATURES` a frame, -128 to 127. */
  readonly features: Int8Array;
  /** The mean that the cutoff is compared with, for the first wake word: 65535ths. */
  readonly wake: Uint16Array;
  readonly flags: Uint8Array;
  /** Of the best whole sentence, 0 to 1000. */
  readonly confidence: Uint16Array;
  /** `CLASSES` a row, probabilities in 255ths; `rowFrames` says with which frame each row came. */
  readonly rows: Uint8Array;
  readonly rowFrames: Uint32Array;
  /** Pictures of the ring, with their time. */
  readonly pictures: readonly { readonly atMs: number; readonly rgb: string }[];
  /** The last sound from a microphone. */
  readonly live?: Int16Array;
}

/** What the grammar makes of a text. */
export type Meaning =
  | {
      readonly kind: 'command';
      readonly intent: string;
      readonly slots: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'never' }
  | {
      readonly kind: 'stopped';
      readonly understood: string;
      readonly at?: string;
      readonly couldCome: readonly string[];
    };

export interface GrammarReport {
  readonly problems: readonly Problem[];
  /** Where it can be used: what it holds, for people. */
  readonly summary?: string;
  readonly isTaken: boolean;
}

export type Report =
  | { readonly type: 'ready'; readonly facts: SpeakerFacts }
  | {
      readonly type: 'opened';
      readonly recording: OpenedRecording;
      /** 16 kHz, mono. */
      readonly pcm: Int16Array;
      /** The mute of the bundled recording. */
      readonly mute: readonly MuteSpan[];
      readonly remarks: readonly string[];
    }
  /** Only the browser may read it. */
  | { readonly type: 'foreign'; readonly name: string; readonly what: string; readonly bytes: ArrayBuffer }
  | { readonly type: 'heard'; readonly heard: Heard }
  | { readonly type: 'ended'; readonly run: number }
  | {
      readonly type: 'cue';
      readonly cue: Cue;
      readonly volumePercent: number;
      readonly sampleRate: number;
      readonly samples: Int16Array;
    }
  | { readonly type: 'grammar'; readonly report: GrammarReport }
  | { readonly type: 'meaning'; readonly text: string; readonly meaning: Meaning }
  /** What the person can put right. */
  | { readonly type: 'refused'; readonly what: string }
  /** A defect of ours. */
  | { readonly type: 'failed'; readonly what: string };
