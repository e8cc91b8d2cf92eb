import type { Store } from '../core/ports';
import { bytesOfAscii, hexOf } from '../record/bytes';
import type { Seal } from '../record/ports';

const TOKEN_BYTES = 16;
const KEY = 'sessions';
const COOKIE = 'earshot';
const MOST_SESSIONS = 12;
const YEAR_SECONDS = 31_536_000;
/** No script can read it, and no request that another page makes carries it. */
const HARDENED = 'HttpOnly; SameSite=Strict; Path=/';

/** The browsers that are let in. The store has only digests of their tokens. */
export class Sessions {
  readonly #seal: Seal;
  readonly #store: Store;
  #digests: readonly string[];

  constructor(seal: Seal, store: Store) {
    this.#seal = seal;
    this.#store = store;
    this.#digests = (store.read(KEY) ?? '').split(' ').filter((digest) => /^[0-9a-f]{32}$/.test(digest));
  }

  get count(): number {
    return this.#digests.length;
  }

  newToken(): string {
    return hexOf(this.#seal.random(TOKEN_BYTES));
  }

  /** Lets a browser in; the one that was let in first has to go when there are too many. */
  add(token: string): void {
    this.#keep([...this.#digests, this.#digest('session', token)].slice(-MOST_SESSIONS));
  }

  has(token: string | undefined): boolean {
    return token !== undefined && this.#digests.includes(this.#digest('session', token));
  }

  endAll(): void {
    this.#keep([]);
  }

  /** What the page has to send with all that changes something: only a page of the speaker's own can have read it. */
  csrfOf(token: string): string {
    return this.#digest('csrf', token);
  }

  #keep(digests: readonly string[]): void {
    this.#digests = digests;
    this.#store.write(KEY, digests.join(' '));
  }

  #digest(use: string, token: string): string {
    return hexOf(this.#seal.sha256(bytesOfAscii(`${use} ${token}`))).slice(0, 32);
  }
}

/** The token that a request carries. */
export function tokenIn(cookies: string | undefined): string | undefined {
  return /(?:^|;\s*)earshot=([0-9a-f]{32})(?:;|$)/.exec(cookies ?? '')?.[1];
}

export function cookieOf(token: string): string {
  return `${COOKIE}=${token}; ${HARDENED}; Max-Age=${YEAR_SECONDS}`;
}

export const NO_COOKIE = `${COOKIE}=; ${HARDENED}; Max-Age=0`;
