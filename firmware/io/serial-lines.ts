/** The longest line that is taken; a longer one is none. */
const MAX_CHARACTERS = 80;

export interface SerialLinesOptions {
  /** What has come since the last call, undefined when nothing has. */
  readonly read: () => string | undefined;
  /** Called with each line that is not empty, without its end. */
  readonly onLine: (line: string) => void;
}

/** What a person types at the serial port, line by line. */
export class SerialLines {
  readonly #read: () => string | undefined;
  readonly #onLine: (line: string) => void;
  #begun = '';
  #isTooLong = false;

  constructor({ read, onLine }: SerialLinesOptions) {
    if (typeof read !== 'function') throw new TypeError('read must be a function');
    if (typeof onLine !== 'function') throw new TypeError('onLine must be a function');
    this.#read = read;
    this.#onLine = onLine;
  }

  /** To be called from turn to turn. */
  poll(): void {
    for (let text = this.#read(); text !== undefined; text = this.#read()) {
      for (const character of text) this.#take(character);
    }
  }

  #take(character: string): void {
    if (character !== '\n' && character !== '\r') {
      if (this.#begun.length === MAX_CHARACTERS) this.#isTooLong = true;
      else this.#begun += character;
      return;
    }
    const line = this.#begun;
    const isLine = line !== '' && !this.#isTooLong;
    this.#begun = '';
    this.#isTooLong = false;
    if (isLine) this.#onLine(line);
  }
}
