import type { Hearing } from '../../../firmware/core/hearing';
import type { SessionOptions } from '../session';

/** What entry.ts is told. */
export interface XsConfiguration {
  /** Models are names for `host.readFile`. */
  readonly hearing: Hearing<string>;
  readonly session: Omit<SessionOptions, 'ear' | 'write'>;
}
