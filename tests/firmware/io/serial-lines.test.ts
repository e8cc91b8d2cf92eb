import { SerialLines } from '../../../firmware/io/serial-lines';

/** What is made of texts that come one after the other, a poll for each. */
function linesOf(...texts: string[]): string[] {
  const lines: string[] = [];
  let waiting: string | undefined;
  const serial = new SerialLines({
    read: () => {
      const text = waiting;
      waiting = undefined;
      return text;
    },
    onLine: (line) => void lines.push(line),
  });
  for (const text of texts) {
    waiting = text;
    serial.poll();
  }
  return lines;
}

describe('lines at the serial port', () => {
  it('end as any terminal ends them', () => {
    expect(linesOf('one\ntwo\rthree\r\n\n')).toEqual(['one', 'two', 'three']);
  });

  it('may come in pieces', () => {
    expect(linesOf('sens', 'itivity l', 'ow', '\r', '\nnext')).toEqual(['sensitivity low']);
  });

  it('are dropped when they are too long, and the next is taken', () => {
    expect(linesOf('x'.repeat(80), '\n', 'y'.repeat(81), '\n', 'z\n')).toEqual(['x'.repeat(80), 'z']);
  });

  it('that wait are all read in one poll', () => {
    const waiting = ['a\n', 'b', '\n'];
    const lines: string[] = [];
    new SerialLines({ read: () => waiting.shift(), onLine: (line) => void lines.push(line) }).poll();
    expect(lines).toEqual(['a', 'b']);
  });

  it.each([
    [{ read: 5 }, 'read must be a function'],
    [{ onLine: undefined }, 'onLine must be a function'],
  ])('need functions: %j', (wrong, message) => {
    const options = { read: () => undefined, onLine: () => undefined, ...wrong };
    expect(() => new SerialLines(options as never)).toThrow(new TypeError(message));
  });
});
