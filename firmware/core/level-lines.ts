/** What a person types for lines that say how loud the microphone is. */
export const LEVEL_WORD = 'level';
const LEVELS_EVERY_MS = 1_000;
const LEVELS_LAST_MS = 30_000;

/** When such lines are due: at once and every second, for long enough to walk up to the microphone and speak. */
export class LevelLines {
  #nextMs = 0;
  #untilMs = Number.NEGATIVE_INFINITY;

  begin(atMs: number): void {
    this.#nextMs = atMs;
    this.#untilMs = atMs + LEVELS_LAST_MS;
  }

  /** True once for each line. */
  isDue(atMs: number): boolean {
    if (atMs < this.#nextMs || atMs >= this.#untilMs) return false;
    this.#nextMs += LEVELS_EVERY_MS;
    return true;
  }
}

/** In dB of full scale; undefined when nothing is heard. */
export function levelLine(levelDb: number | undefined): string {
  return levelDb === undefined ? '# level: nothing is heard' : `# level ${levelDb} dB`;
}
