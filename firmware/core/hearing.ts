import { frozen } from './frozen';
import { SENSITIVITIES, type WakePoint, type WakePoints } from './wake-points';

/** What an ear hears with. `Model` is what a model is to whoever has it: its bytes, a resource in flash, the name of one. */
export interface Hearing<Model> {
  readonly wakeWords: readonly WakeWord<Model>[];
  /** The speech embedding, where a word has a word verifier, which listens to it. */
  readonly embedding?: Model;
  /** Without a phone model only wake words are heard, and without a second look. */
  readonly commands?: Commands<Model>;
}

export interface WakeWord<Model> {
  /** As events name it. */
  readonly name: string;
  readonly model: Model;
  readonly points: WakePoints;
  /** How it is said, as `natives/ear/alignment.h` reads it; none: the spotter decides alone. */
  readonly pronunciations?: readonly number[];
  /** What has a say in its second looks. */
  readonly wordVerifier?: Model;
}

export interface Commands<Model> {
  readonly phones: Phones<Model>;
  /** The compiled grammar, in which the phone model's output is searched. */
  readonly graph: Model;
}

/** What a phone model hears: the channels of the wake models, or the same before noise reduction and gain control, at a
 * level that the ear holds. */
export const PHONE_FEATURES = frozen(['noise-reduced', 'plain'] as const);

export type PhoneFeatures = (typeof PHONE_FEATURES)[number];

/** A phone model and its tuning. */
export interface Phones<Model> {
  readonly model: Model;
  /** Taken from the blank's log-probability. */
  readonly blankPenaltyNats: number;
  /** How much later than the sound its rows come. */
  readonly lookAheadMs: number;
  /** What it was taught to hear. */
  readonly features: PhoneFeatures;
}

/** The same in the whole numbers of `natives/ear/ear.h`. */
export interface NativeHearing<Model> {
  readonly wakeWords?: readonly NativeWakeWord<Model>[];
  readonly embedding?: Model;
  readonly commands?: Commands<Model>;
}

export interface NativeWakeWord<Model> {
  readonly name: string;
  readonly model: Model;
  /** The five 32-bit numbers of an `ear_point` for each sensitivity, from the lowest on. */
  readonly points: ArrayBuffer;
  readonly pronunciations: ArrayBuffer;
  readonly wordVerifier?: Model;
}

/** What stands between JavaScript and the C of an ear. */
export interface NativeFace<Model> {
  /** Wake words and embedding replace those that it had, and so do commands; what is not there stays as it is. What is
   * refused is thrown, and then gone from the ear. */
  configure(hearing: NativeHearing<Model>): void;
}

/** Lets the ear hear with this from now on, or with what has changed of it: another grammar, other words.
 * @throws RangeError when a number is out of range; with what a model or the grammar lacks, as the ear throws it */
export function equip<Model>(
  ear: NativeFace<Model>,
  { wakeWords, ...others }: Partial<Hearing<Model>>,
): void {
  ear.configure(wakeWords ? { ...others, wakeWords: wakeWords.map(nativeWakeWord) } : others);
}

/** The same with each model as something else: what was a name becomes a resource. */
export function withModels<From, To>(
  { wakeWords, embedding, commands }: Partial<Hearing<From>>,
  to: (model: From) => To,
): Partial<Hearing<To>> {
  return {
    ...(wakeWords ? { wakeWords: wakeWords.map((word) => wordWithModels(word, to)) } : {}),
    ...(embedding === undefined ? {} : { embedding: to(embedding) }),
    ...(commands ? { commands: commandsWithModels(commands, to) } : {}),
  };
}

function wordWithModels<From, To>(
  { name, model, points, pronunciations, wordVerifier }: WakeWord<From>,
  to: (model: From) => To,
): WakeWord<To> {
  return {
    name,
    model: to(model),
    points,
    ...(pronunciations ? { pronunciations } : {}),
    ...(wordVerifier === undefined ? {} : { wordVerifier: to(wordVerifier) }),
  };
}

function commandsWithModels<From, To>(
  { phones: { model, blankPenaltyNats, lookAheadMs, features }, graph }: Commands<From>,
  to: (model: From) => To,
): Commands<To> {
  return { phones: { model: to(model), blankPenaltyNats, lookAheadMs, features }, graph: to(graph) };
}

function nativeWakeWord<Model>({
  points,
  pronunciations = [],
  ...word
}: WakeWord<Model>): NativeWakeWord<Model> {
  const numbers = SENSITIVITIES.flatMap((name) =>
    numbersOf(points[name], `wake word ${word.name}, ${name} sensitivity`),
  );
  return {
    ...word,
    points: Int32Array.from(numbers).buffer,
    pronunciations: Uint8Array.from(pronunciations).buffer,
  };
}

const CUTOFF_ONE = 65_536;
const NAT = 256;
const MOST_NATS = 10;

/** In the order of an `ear_point`. */
function numbersOf(point: WakePoint, where: string): number[] {
  const share = (name: 'probabilityCutoff' | 'lookCutoff') =>
    Math.round(checked(point, name, 0, 1, where) * CUTOFF_ONE);
  const loss = (name: 'lookLossNats' | 'unsureLossNats') =>
    Math.trunc(checked(point, name, -MOST_NATS, MOST_NATS, where) * NAT);
  return [
    share('probabilityCutoff'),
    point.slidingWindowSize,
    share('lookCutoff'),
    loss('lookLossNats'),
    loss('unsureLossNats'),
  ];
}

/** The natives check the ranges as well, but NaN has become a zero by then. */
function checked(
  point: WakePoint,
  name: keyof WakePoint,
  least: number,
  most: number,
  where: string,
): number {
  const value = point[name];
  if (value >= least && value <= most) return value;
  throw new RangeError(`${where}: ${name} is ${value}, but must be ${least} to ${most}`);
}
