import picocolors from 'picocolors';
import stringWidth from 'string-width';

const { createColors } = picocolors;

/** Columns that everything shown keeps to where nobody says how many there are. */
export const WIDTH = 100;
/** Fewer leave no room for words; more are not used. */
const LEAST_WIDTH = 60;
const MOST_WIDTH = 200;

/** What a stream can show. Follows https://no-color.org and the FORCE_COLOR habit of Node's own tools. */
export interface Terminal {
  readonly hasColor: boolean;
  readonly isInteractive: boolean;
  /** Columns, now: the person may change them. */
  readonly width: () => number;
}

export function terminalOf(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Terminal {
  const isInteractive = stream.isTTY === true && environment.TERM !== 'dumb';
  const isForced = !['', '0', undefined].includes(environment.FORCE_COLOR);
  const isRefused = ![undefined, ''].includes(environment.NO_COLOR) || environment.FORCE_COLOR === '0';
  const width = (): number => {
    const columns = (isInteractive ? stream.columns : undefined) ?? Number(environment.COLUMNS);
    return columns > 0 ? Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, columns)) : WIDTH;
  };
  return { hasColor: isForced || (isInteractive && !isRefused), isInteractive, width };
}

export type Style = 'plain' | 'faint' | 'bold' | 'red' | 'green' | 'blue' | 'amber';

/** Paints text, or leaves it as it is where there is no colour. */
export class Paint {
  readonly #styles: Readonly<Record<Style, (text: string) => string>>;

  constructor(readonly hasColor: boolean) {
    const { dim, bold, redBright, greenBright, blueBright, yellow } = createColors(hasColor);
    this.#styles = {
      plain: String,
      faint: dim,
      bold,
      red: redBright,
      green: greenBright,
      blue: blueBright,
      amber: yellow,
    };
  }

  style(text: string, style: Style): string {
    return text === '' ? text : this.#styles[style](text);
  }

  rgb(text: string, red: number, green: number, blue: number): string {
    return this.hasColor && text !== '' ? `\x1b[38;2;${red};${green};${blue}m${text}\x1b[39m` : text;
  }

  /** A whole line on a dark red ground. Colours inside it are kept. */
  shade(line: string): string {
    return this.hasColor ? `\x1b[48;2;44;18;20m${line}\x1b[49m` : line;
  }
}

/** Fits text into exactly `width` columns, with an ellipsis where it is too long. */
export function toWidth(text: string, width: number): string {
  const fitting = stringWidth(text) > width ? `${beginning(graphemesOf(text), width - 1)}…` : text;
  return fitting + ' '.repeat(width - stringWidth(fitting));
}

/** As much of the end of text as fits into `width` columns, with an ellipsis where there was more. */
export function endToWidth(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const backwards = graphemesOf(text).reverse();
  const count = graphemesOf(beginning(backwards, width - 1)).length;
  return `…${backwards.slice(0, count).reverse().join('')}`;
}

/** What a reader takes for one character, accents and all. */
function graphemesOf(text: string): string[] {
  return [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
}

function beginning(graphemes: readonly string[], width: number): string {
  let columns = 0;
  const end = graphemes.findIndex((each) => {
    columns += stringWidth(each);
    return columns > width;
  });
  return graphemes.slice(0, end < 0 ? undefined : end).join('');
}
