/** Columns that everything shown keeps to. */
export const WIDTH = 100;

/** What a stream can show. Follows https://no-color.org and the FORCE_COLOR habit of Node's own tools. */
export interface Terminal {
  readonly hasColor: boolean;
  readonly isInteractive: boolean;
}

export function terminalOf(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Terminal {
  const isInteractive = stream.isTTY === true && environment.TERM !== 'dumb';
  const isForced = !['', '0', undefined].includes(environment.FORCE_COLOR);
  const isRefused = ![undefined, ''].includes(environment.NO_COLOR) || environment.FORCE_COLOR === '0';
  return { hasColor: isForced || (isInteractive && !isRefused), isInteractive };
}

export type Style = 'plain' | 'faint' | 'bold' | 'red' | 'green' | 'blue' | 'amber';

const CODES: Readonly<Record<Style, string>> = {
  plain: '',
  faint: '2',
  bold: '1',
  red: '38;2;224;82;82',
  green: '38;2;104;184;120',
  blue: '38;2;98;152;228',
  amber: '38;2;222;164;72',
};

/** Paints text, or leaves it as it is where there is no colour. */
export class Paint {
  constructor(readonly hasColor: boolean) {}

  style(text: string, style: Style): string {
    return this.#wrap(text, CODES[style]);
  }

  rgb(text: string, red: number, green: number, blue: number): string {
    return this.#wrap(text, `38;2;${red};${green};${blue}`);
  }

  /** A whole line on a dark red ground. Colours inside it are kept. */
  shade(line: string): string {
    return this.hasColor
      ? `\x1b[48;2;44;18;20m${line.replaceAll('\x1b[0m', '\x1b[0m\x1b[48;2;44;18;20m')}\x1b[0m`
      : line;
  }

  #wrap(text: string, code: string): string {
    return this.hasColor && code !== '' && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

/** Fits text into exactly `width` columns, with an ellipsis where it is too long. */
export function toWidth(text: string, width: number): string {
  const characters = [...text];
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text.padEnd(width);
}
