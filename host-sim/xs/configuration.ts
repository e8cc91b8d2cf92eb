import type { WakePoints } from '../../firmware/core/wake-points';
import type { PhoneFeatures } from '../../firmware/natives/esp32/ear';
import type { SessionOptions } from '../session';

/** What entry.ts is told. Files are names for `host.readFile`. */
export interface XsConfiguration {
  readonly wakeWords: readonly XsWakeWord[];
  /** The speech embedding, where a word has a verifier. */
  readonly embedding?: string;
  readonly commands?: {
    readonly phones: string;
    readonly network: string;
    readonly blankPenalty: number;
    readonly lookAheadMs: number;
    readonly features: PhoneFeatures;
  };
  readonly session: Omit<SessionOptions, 'ear' | 'write'>;
}

export interface XsWakeWord {
  readonly name: string;
  readonly file: string;
  readonly probabilityCutoff: number;
  readonly slidingWindowSize: number;
  readonly points: WakePoints;
  /** As `natives/ear/alignment.h` reads them. */
  readonly pronunciations: readonly number[];
  /** The verifier's file. */
  readonly verifier?: string;
}
