import { toWidth } from '../../../cli/terminal';

const BAR_WIDTH = 24;

/** How much of a whole is done, 0–1. */
export function progressBar(share: number): string {
  const filled = Math.round(BAR_WIDTH * share);
  return '━'.repeat(filled) + '╌'.repeat(BAR_WIDTH - filled);
}

/** A progress bar on one line of an interactive stream; nothing at all elsewhere. */
export class Progress {
  readonly #write: ((text: string) => void) | undefined;
  readonly #total: number;

  constructor(total: number, write: ((text: string) => void) | undefined) {
    this.#total = total;
    this.#write = total > 1 ? write : undefined;
  }

  show(done: number, label: string): void {
    const bar = progressBar(done / this.#total);
    this.#write?.(`\r\x1b[2K  ${bar} ${done}/${this.#total}  ${toWidth(label, 24).trimEnd()}`);
  }

  clear(): void {
    this.#write?.('\r\x1b[2K');
  }
}
