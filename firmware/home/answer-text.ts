import { jsonMember } from '../core/json-member';

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
  const ok = jsonMember(text, 'ok');
  if (ok !== 'true' && ok !== 'false') return undefined;
  const state = jsonMember(text, 'state') ?? '';
  const isTold = state.length > 0 && state.length <= LONGEST_STATE;
  return isTold ? { ok: ok === 'true', state } : { ok: ok === 'true' };
}
