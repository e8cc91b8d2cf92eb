import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { declare, exits, needed, Option, verb } from '../command';
import { wholeNumber } from '../options';

const work = () => import('../../grammar/main');

const check = verb('check')
  .description(
    'reads grammars; says what is wrong by line and column, what sounds alike, how many sentences there are and how ' +
      'large the compiled graph is',
  )
  .argument('<grammar...>', 'its file')
  .action(exits(async (files) => (await work()).checkAll(files)));

const compile = verb('compile')
  .description('writes the graph that the decoder loads')
  .argument('<grammar>', 'its file')
  .option('-o, --output <file>', 'where to; needed')
  .action(exits(async (file, { output }) => (await work()).compile(file, needed('--output FILE', output))));

/** Found whatever folder the command is given in. */
const HOME = fileURLToPath(new URL('../../../models/home/home.grammar', import.meta.url));
const grammarOption = new Option('--grammar <file>', 'the commands').default(
  relative(process.cwd(), HOME),
  'models/home/home.grammar',
);

const said = verb('said')
  .description(
    'what a grammar makes of text, without sound: a JSON line for each with intent and slots, or with where it stopped and ' +
      'what could have come; compares a table of kind, text and meaning, and counts by kind',
  )
  .argument('<text...>', 'words in quotes, or a table (.tsv)')
  .addOption(grammarOption)
  .action(exits(async (texts, { grammar }) => (await work()).sayAll(grammar, texts)));

const whole = (name: string): ((text: string) => number) =>
  wholeNumber(name, { least: 0, most: 999_999_999, right: 'a whole number' });

const examples = verb('examples')
  .description('says sentences of the grammar at random, the same for the same seed')
  .addOption(grammarOption)
  .option('--intent <name>', 'of this intent alone')
  .addOption(new Option('--count <number>', 'how many').argParser(whole('--count')).default(10))
  .addOption(new Option('--seed <number>', 'of the chance').argParser(whole('--seed')).default(1))
  .action(exits(async (options) => (await work()).sayExamples(options)));

export const command = declare('grammar')
  .description(
    'Reads the commands that a speaker shall understand: the language is in host-sim/grammar/README.md.',
  )
  .addCommand(check)
  .addCommand(compile)
  .addCommand(said)
  .addCommand(examples)
  .addHelpText(
    'after',
    '\nExit code: 0 all well, 1 a grammar with errors or a table with differences, 2 a file or an option is wrong.',
  );
