import type { EventLine } from '../../tools/replay/expect/expectations';
import { expectationsOf } from '../../tools/replay/expect/recorded-form';

/** Events for `replay --expect`: what is heard now is what is to be heard from now on. */
export function expectationText(file: string, soundMs: number, events: readonly EventLine[]): string {
  return expectationsOf([{ path: file, soundMs, events }], [file]);
}

/** Hands a text to the person as a file. */
export function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The lines of a saved session. @throws SyntaxError, or TypeError, where it is none */
export function sessionLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines) {
    const { atMs, type } = JSON.parse(line) as EventLine;
    if (typeof atMs !== 'number' || typeof type !== 'string') throw new TypeError('a line is no event');
  }
  if (lines.length === 0) throw new TypeError('it is empty');
  return lines;
}

export function baseName(file: string): string {
  return file.replace(/\.\w+$/, '');
}
