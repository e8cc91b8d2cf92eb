/** How a home says that a command has ended. */
export interface HomeAnswer {
  readonly ok: boolean;
  /** What it tells besides, in words: `21 degrees`. */
  readonly state?: string;
}

const LONGEST_TEXT = 512;
const LONGEST_STATE = 64;

/** Undefined when a text is no such answer. Never throws, whatever the text is. */
export function readAnswer(text: string): HomeAnswer | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const { ok, state } = answer as Readonly<Record<string, unknown>>;
    if (typeof ok !== 'boolean') return undefined;
    const isTold = typeof state === 'string' && state.length > 0 && state.length <= LONGEST_STATE;
    return isTold ? { ok, state } : { ok };
  } catch {
    return undefined;
  }
}
