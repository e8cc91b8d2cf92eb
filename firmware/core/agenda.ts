interface Entry {
  readonly atMs: number;
  readonly run: () => void;
}

/** What is due later: the end of a cue, the answer of a lamp. */
export class Agenda {
  #nowMs = 0;
  #entries: readonly Entry[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plans `run`. Returns a function that takes it off the agenda again. */
  after(delayMs: number, run: () => void): () => void {
    const entry: Entry = { atMs: this.#nowMs + delayMs, run };
    this.#entries = [...this.#entries, entry];
    return () => this.#forget(entry);
  }

  /** Moves time on and runs what has become due, earliest first; equal times in the order of planning. */
  advance(nowMs: number): void {
    for (let due = this.#earliest(nowMs); due; due = this.#earliest(nowMs)) {
      this.#forget(due);
      this.#nowMs = due.atMs;
      due.run();
    }
    this.#nowMs = nowMs;
  }

  /** Runs with every tick of the chip, hence without anything to allocate. */
  #earliest(untilMs: number): Entry | undefined {
    let first: Entry | undefined;
    for (let i = 0; i < this.#entries.length; i += 1) {
      const entry = this.#entries[i];
      if (entry && entry.atMs <= untilMs && !(first && first.atMs <= entry.atMs)) first = entry;
    }
    return first;
  }

  #forget(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }
}
