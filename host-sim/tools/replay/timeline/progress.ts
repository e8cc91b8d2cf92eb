import { toWidth } from '../../../cli/terminal';

const BAR_WIDTH = 24;

/** A progress bar on one line of an interactive stream; nothing at all elsewhere. */
export class Progress {
  readonly #write: ((text: string) => void) | undefined;
  readonly #total: number;

  constructor(total: number, write: ((text: string) => void) | undefined) {
    this.#total = total;
    this.#write = total > 1 ? write : undefined;
  }

  show(done: number, label: string): void {
    const filled = Math.round((BAR_WIDTH * done) / this.#total);
    const bar = '━'.repeat(filled) + '╌'.repeat(BAR_WIDTH - filled);
    this.#write?.(`\r\x1b[2K  ${bar} ${done}/${this.#total}  ${toWidth(label, 48).trimEnd()}`);
  }

  clear(): void {
    this.#write?.('\r\x1b[2K');
  }
}
