/** For so long a browser that asked may be let in. */
export const ASK_MS = 60_000;
/** So long the switch must rest after the last move, so that one move too many is noticed. */
export const REST_MS = 2_000;
const FEWEST_MOVES = 2;
const MOVE_CHOICES = 3;

interface Asking {
  readonly token: string;
  /** How often the switch is to be moved on and off. */
  readonly moves: number;
  readonly sinceMs: number;
  count: number;
  isOn: boolean;
  movedAtMs: number;
}

/** Lets in a browser whose person is where the mute switch is: who asks is told to move it on and off so many times, two to
 * four by chance, which nobody does by accident. One at a time. */
export class Pairing {
  #asking: Asking | undefined;

  /** Undefined while another is asking. @param chance 0 to 255 */
  ask(token: string, chance: number, nowMs: number): { moves: number; seconds: number } | undefined {
    if (this.#current(nowMs)) return undefined;
    const moves = FEWEST_MOVES + (chance % MOVE_CHOICES);
    this.#asking = { token, moves, sinceMs: nowMs, count: 0, isOn: false, movedAtMs: nowMs };
    return { moves, seconds: ASK_MS / 1000 };
  }

  /** The switch was moved. */
  switched(muted: boolean, nowMs: number): void {
    const asking = this.#current(nowMs);
    if (!asking) return;
    if (asking.isOn && !muted) asking.count += 1;
    asking.isOn = muted;
    asking.movedAtMs = nowMs;
    if (asking.count > asking.moves) this.#asking = undefined;
  }

  /** How it stands with the browser that has this token. Once let in, it has to ask no more. */
  state(token: string, nowMs: number): 'notAsking' | 'asking' | 'letIn' {
    const asking = this.#current(nowMs);
    if (asking?.token !== token) return 'notAsking';
    const rests = nowMs - asking.movedAtMs >= REST_MS && !asking.isOn;
    if (asking.count !== asking.moves || !rests) return 'asking';
    this.#asking = undefined;
    return 'letIn';
  }

  #current(nowMs: number): Asking | undefined {
    if (this.#asking && nowMs - this.#asking.sinceMs >= ASK_MS + REST_MS) this.#asking = undefined;
    return this.#asking;
  }
}
