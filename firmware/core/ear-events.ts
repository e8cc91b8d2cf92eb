import { frozen } from './frozen';

/** What the ear tells: one flat JSON object a line, in sample time (16 samples are a millisecond). */
export type EarEvent =
  | {
      readonly type: 'wakeWordHeard';
      readonly sample: number;
      readonly word: string;
      readonly confidence: number;
      /** Where the word ended, and what each of its phones lost: where a second look found it. */
      readonly endSample?: number;
      readonly lossNats?: number;
      /** The logit of its word verifier, in nats, where it has one. */
      readonly verifier?: number;
      /** How much of the ten seconds before was talk, 0–1, where a second look was taken. */
      readonly talk?: number;
    }
  | ({ readonly type: 'nearMiss'; readonly sample: number } & NearMiss)
  | { readonly type: 'speechStarted'; readonly sample: number }
  | { readonly type: 'partial'; readonly sample: number; readonly tokens: readonly string[] }
  | {
      readonly type: 'commandHeard';
      readonly sample: number;
      readonly confidence: number;
      readonly tokens: readonly string[];
    }
  /** A sentence that was heard too badly to be done unasked. */
  | {
      readonly type: 'commandDoubted';
      readonly sample: number;
      readonly confidence: number;
      readonly tokens: readonly string[];
    }
  | { readonly type: 'speechEnded'; readonly sample: number; readonly reason: SpeechEnd }
  | { readonly type: 'audioOverran'; readonly sample: number; readonly lostSamples: number }
  | { readonly type: 'eventsLost'; readonly sample: number; readonly count: number }
  | { readonly type: 'fault'; readonly sample: number; readonly what: string };

/** What came close to waking. Numbers alone: from none of them could sound be made again. */
export interface NearMiss {
  readonly word: string;
  /** The highest mean probability, 0–1. */
  readonly confidence: number;
  /** It stayed below the cutoff, or the second look did not find the word. */
  readonly reason: 'belowCutoff' | 'vetoed';
  /** What each phone of the word would have lost, where the second look found anything like it. */
  readonly lossNats?: number;
  /** The best logit of its word verifier, in nats, where it was asked. */
  readonly verifier?: number;
  /** How much of the ten seconds before was talk, 0–1, where the second look found anything like it. */
  readonly talk?: number;
  /** The loudest 10 ms, in dB below full scale. */
  readonly levelDb: number;
}

/** Why listening ended without a command. */
export type SpeechEnd = 'silence' | 'notUnderstood';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isCount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isShare: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isSpeechEnd: Check = (value) => value === 'silence' || value === 'notUnderstood';

const isMissReason: Check = (value) => value === 'belowCutoff' || value === 'vetoed';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const CHECKS: Readonly<Record<EarEvent['type'], Readonly<Record<string, Check>>>> = frozen({
  wakeWordHeard: {
    word: isText,
    confidence: isShare,
    endSample: optional(isCount),
    lossNats: optional(isNumber),
    verifier: optional(isNumber),
    talk: optional(isShare),
  },
  nearMiss: {
    word: isText,
    confidence: isShare,
    reason: isMissReason,
    lossNats: optional(isNumber),
    verifier: optional(isNumber),
    talk: optional(isShare),
    levelDb: isNumber,
  },
  speechStarted: {},
  partial: { tokens: isTexts },
  commandHeard: { confidence: isShare, tokens: isTexts },
  commandDoubted: { confidence: isShare, tokens: isTexts },
  speechEnded: { reason: isSpeechEnd },
  audioOverran: { lostSamples: isCount },
  eventsLost: { count: isCount },
  fault: { what: isText },
});

/** Reads one event text. Never throws: what is no event comes back as a `fault` that says what is wrong with it. */
export function parseEarEvent(text: string): EarEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault(`the ear sent no JSON: ${excerpt(text)}`);
  }
  if (typeof value !== 'object' || value === null) return fault(`the ear sent no object: ${excerpt(text)}`);
  const fields = value as Fields;
  const wrong = wrongField(fields);
  return wrong === undefined
    ? (fields as EarEvent)
    : fault(`the ear sent a wrong ${wrong}: ${excerpt(text)}`);
}

function wrongField(fields: Fields): string | undefined {
  const type = fields.type;
  if (typeof type !== 'string' || !Object.hasOwn(CHECKS, type)) return 'type';
  if (!isCount(fields.sample)) return 'sample';
  const checks = CHECKS[type as EarEvent['type']];
  return Object.keys(checks).find((name) => !checks[name]?.(fields[name]));
}

function fault(what: string): EarEvent {
  return { type: 'fault', sample: 0, what };
}

function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
