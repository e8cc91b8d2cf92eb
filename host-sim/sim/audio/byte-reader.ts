/** Readers of bits may look so far past the last byte; what they find there means nothing. */
const SLACK_BYTES = 8;
const FIRST_CAPACITY = 1 << 16;
const MOST_KEPT_BYTES = 1 << 20;

/** Reads bytes in order from whatever brings them in pieces: a file, standard input, another program. What it gives are views
 * that are valid until it is asked for more; behind each lie at least 8 bytes of room. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #buffer = new Uint8Array(FIRST_CAPACITY);
  #start = 0;
  #end = 0;
  #isAtEnd = false;
  #offset = 0;
  /** How many taken bytes are kept before #start; undefined when none are. */
  #kept: number | undefined;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** How many bytes were taken so far. */
  get offset(): number {
    return this.#offset;
  }

  /** The next `count` bytes, which stay; fewer where it ends. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#end - this.#start < count && !this.#isAtEnd) await this.#fetch();
    return this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + count));
  }

  /** The next `count` bytes; fewer where it ends. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    this.#advance(bytes.length);
    return bytes;
  }

  /** Passes over `count` bytes without keeping them. Returns how many there were: fewer where it ends. */
  async skip(count: number): Promise<number> {
    for (let left = count; left > 0; ) {
      const { length } = await this.take(Math.min(left, FIRST_CAPACITY));
      if (length === 0) return count - left;
      left -= length;
    }
    return count;
  }

  /** From here on, what is taken can be given back, up to a megabyte of it. */
  mark(): void {
    this.#kept = 0;
  }

  /** Back to the mark. False when too much was taken since. */
  rewind(): boolean {
    if (this.#kept === undefined) return false;
    this.#advance(-this.#kept);
    return true;
  }

  /** Forgets the mark. */
  release(): void {
    this.#kept = undefined;
  }

  /** All that is left, in pieces. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (
      let bytes = await this.take(FIRST_CAPACITY);
      bytes.length > 0;
      bytes = await this.take(FIRST_CAPACITY)
    )
      yield bytes;
  }

  /** Lets go of where the bytes come from. */
  async close(): Promise<void> {
    this.#isAtEnd = true;
    await this.#pieces.return?.();
  }

  #advance(count: number): void {
    this.#start += count;
    this.#offset += count;
    if (this.#kept !== undefined) this.#kept += count;
    if ((this.#kept ?? 0) > MOST_KEPT_BYTES) this.#kept = undefined;
  }

  async #fetch(): Promise<void> {
    const { done, value } = await this.#pieces.next();
    if (done) this.#isAtEnd = true;
    else this.#append(value);
  }

  #append(piece: Uint8Array): void {
    const kept = this.#kept ?? 0;
    const held = kept + this.#end - this.#start;
    if (this.#end + piece.length + SLACK_BYTES > this.#buffer.length) {
      const needed = held + piece.length + SLACK_BYTES;
      const roomier = needed > this.#buffer.length / 2 ? new Uint8Array(2 * needed) : this.#buffer;
      roomier.set(this.#buffer.subarray(this.#start - kept, this.#end));
      this.#buffer = roomier;
      this.#start = kept;
      this.#end = held;
    }
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }
}

/** What is all there, for who takes it in pieces. */
export async function* inOnePiece<T>(whole: T): AsyncGenerator<T, void> {
  yield whole;
}
