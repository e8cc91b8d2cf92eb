import { declare, exits, needed, verb } from '../command';

const work = () => import('../../grammar/main');

const check = verb('check')
  .description(
    'reads grammars; says what is wrong by line and column, what sounds alike, how many sentences there are and how ' +
      'large the compiled network is',
  )
  .argument('<grammar...>', 'its file')
  .action(exits(async (files) => (await work()).checkAll(files)));

const compile = verb('compile')
  .description('writes the network that the decoder loads')
  .argument('<grammar>', 'its file')
  .option('-o, --output <file>', 'where to; needed')
  .action(exits(async (file, { output }) => (await work()).compile(file, needed('--output FILE', output))));

export const command = declare('grammar')
  .description(
    'Reads the commands that a speaker shall understand: the language is in host-sim/grammar/README.md.',
  )
  .addCommand(check)
  .addCommand(compile)
  .addHelpText('after', '\nExit code: 0 all well, 1 a grammar with errors, 2 a file or an option is wrong.');
