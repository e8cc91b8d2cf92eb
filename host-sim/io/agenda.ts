interface Entry {
  readonly atMs: number;
  readonly run: () => void;
}

/** What is due later in sample time: the end of a cue, the answer of a lamp. */
export class Agenda {
  #nowMs = 0;
  #entries: Entry[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plans `run`. Returns a function that takes it off the agenda again. */
  after(delayMs: number, run: () => void): () => void {
    const entry: Entry = { atMs: this.#nowMs + delayMs, run };
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  /** Moves time on and runs what has become due, earliest first; equal times in the order of planning. */
  advance(nowMs: number): void {
    for (;;) {
      const due = earliest(this.#entries.filter((entry) => entry.atMs <= nowMs));
      if (!due) break;
      this.#entries = this.#entries.filter((entry) => entry !== due);
      this.#nowMs = due.atMs;
      due.run();
    }
    this.#nowMs = nowMs;
  }
}

function earliest(entries: readonly Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (first, entry) => (first && first.atMs <= entry.atMs ? first : entry),
    undefined,
  );
}
