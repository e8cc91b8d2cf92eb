/** Keeps one moving line below lines that stay, on an interactive stream. */
export class LiveLine {
  readonly #write: (text: string) => void;
  #line = '';

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Adds a line that stays. */
  print(line: string): void {
    this.#write(`\r\x1b[2K${line}\n${this.#line}`);
  }

  update(line: string): void {
    if (line === this.#line) return;
    this.#line = line;
    this.#write(`\r\x1b[2K${line}`);
  }

  clear(): void {
    this.update('');
  }
}
