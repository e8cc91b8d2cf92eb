import { checkWords, type Options, parse, type Words } from './arguments';
import { Problem } from './problem';

export interface CommandShape<T extends Options> {
  /** As it stands behind `npm run`. */
  readonly name: string;
  readonly help: string;
  /** Without `--help`, which every command has. */
  readonly options: T;
  /** A command without takes nothing but options. */
  readonly words?: Words;
}

const HELP_OPTION = { help: { type: 'boolean', short: 'h', default: false } } as const;

export type Values<T extends Options> = ReturnType<typeof parse<T & typeof HELP_OPTION>>['values'];

/** A command for `runCommand` that tells about itself when it is asked, and that takes as many words as it says. */
export function command<const T extends Options>(
  { name, help, options, words }: CommandShape<T>,
  carryOut: (values: Values<T>, words: readonly string[]) => number | Promise<number>,
): (argv: readonly string[]) => Promise<number> {
  return async (argv) => {
    const { values, positionals } = parse(argv, { ...options, ...HELP_OPTION });
    if ((values as { readonly help?: boolean }).help) {
      console.log(help);
      return 0;
    }
    checkWords(name, positionals, words);
    return carryOut(values as Values<T>, positionals);
  };
}

/** The value of an option without which there is nothing to do. @throws Problem */
export function needed<T>(option: string, value: T | undefined): T {
  if (value === undefined) throw new Problem(`${option} is missing (--help tells more)`);
  return value;
}
