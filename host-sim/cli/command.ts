import { Command, type CommanderError, Option } from '@commander-js/extra-typings';
import { Problem } from './problem';
import { WIDTH } from './terminal';

export { Option };

/** A command of `earshot`. Help is made from its options; what is wrong with its use is a Problem.
 * @param instead what would be right in place of a word where it takes none */
export function declare(name: string, instead?: string) {
  return careful(new Command(`earshot ${name}`), instead);
}

/** One of several that a command has, as `check` of `earshot grammar`. */
export function verb(name: string) {
  return careful(new Command(name));
}

/** For `action`: what the work returns is the exit code. */
export function exits<Given extends unknown[]>(
  work: (...given: Given) => number | Promise<number>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    process.exitCode = await work(...given);
  };
}

/** The value of an option without which there is nothing to do. @throws Problem */
export function needed<T>(option: string, value: T | undefined): T {
  if (value === undefined) throw new Problem(`${option} is missing${MORE}`);
  return value;
}

/** Where a word may be missing only if something else is given. @throws Problem when it may not */
export function atLeastOne<T>(words: readonly T[], name: string, hint: string): readonly T[] {
  if (words.length === 0) throw new Problem(`no ${name} given: ${hint}${MORE}`);
  return words;
}

/** Of any arguments and options. */
// biome-ignore lint/suspicious/noExplicitAny: what a command does with its own is checked where it is declared
export type AnyCommand = Command<any, any, any>;

/** Does what a command does, on these words. @throws Problem */
export async function carryOut(command: AnyCommand, argv: readonly string[]): Promise<void> {
  refuseDashes(command, argv);
  try {
    await command.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!isHelp(error)) throw error;
  }
}

/** `--wake` and all others that the command and its verbs have. */
export function longNamesOf(command: AnyCommand): string[] {
  const options = [command, ...command.commands].flatMap((each) => each.options);
  return [...new Set(options.flatMap(({ long }) => long ?? []))];
}

const MORE = ' (--help tells more)';

function careful(command: Command, instead = '--help tells more') {
  return command
    .helpOption('-h, --help', 'shows this')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({ writeErr: () => undefined, getOutHelpWidth: () => WIDTH })
    .exitOverride((error) => {
      throw isHelp(error) ? error : new Problem(complaintAbout(error, command, instead));
    });
}

function isHelp(error: unknown): boolean {
  return (error as CommanderError).code === 'commander.helpDisplayed';
}

/** In one line, with what would be right. */
function complaintAbout(error: CommanderError, command: AnyCommand, instead: string): string {
  const [what = '', similar = ''] = error.message.replace('error: ', '').split('\n');
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownOption(what, similar, command);
    case 'commander.missingArgument': {
      const missing = command.registeredArguments[command.args.length];
      return `no ${missing?.name()} given: name ${missing?.description}${MORE}`;
    }
    case 'commander.excessArguments':
      return oneTooMany(command, instead);
    case 'commander.help': // nothing but options, or nothing at all
      return `no verb given: ${verbsOf(command).join(' or ')}${MORE}`;
    case 'commander.unknownCommand':
      return `no verb '${command.args[0]}': there is ${verbsOf(command).join(', ')}${MORE}`;
    default:
      return what;
  }
}

function unknownOption(what: string, similar: string, command: AnyCommand): string {
  const [, flag] = /'(--[\w-]+)=/.exec(what) ?? [];
  if (command.options.some(({ long }) => long === flag)) return `option '${flag}' does not take an argument`;
  const [, nearest] = /\(Did you mean (.*\?)\)/.exec(similar) ?? [];
  const names = [...command.options.map(({ long }) => long), '--help'].join(' ');
  return nearest === undefined
    ? `${what}; the options are ${names}`
    : `${what}; did you mean ${nearest} The options are ${names}`;
}

function oneTooMany(command: AnyCommand, instead: string): string {
  const taken = command.registeredArguments;
  const extra = command.args[taken.length];
  return taken.length === 0
    ? `${spokenName(command)} takes no '${extra}'; ${instead}`
    : `${spokenName(command)} takes one ${taken[0]?.name()}, '${extra}' is one too many`;
}

function verbsOf(command: AnyCommand): string[] {
  return command.commands.map((each) => each.name());
}

/** `grammar check`. */
function spokenName(command: AnyCommand): string {
  const name = command.name().replace(/^earshot /, '');
  return command.parent ? `${spokenName(command.parent)} ${name}` : name;
}

/** `--wake --json` is a wake word forgotten rather than one of this name. */
function refuseDashes(command: AnyCommand, argv: readonly string[]): void {
  const options = [command, ...command.commands].flatMap((each) => each.options);
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  for (const [index, word] of words.entries()) {
    const option = options.find((each) => each.required && [each.short, each.long].includes(word));
    if (option && /^-./.test(argv[index + 1] ?? ''))
      throw new Problem(`${option.long}: a value that begins with - is written ${option.long}=VALUE`);
  }
}
