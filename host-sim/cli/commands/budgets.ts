import { declare, exits } from '../command';

export const command = declare('budgets')
  .description(
    "Measures what the firmware takes of the chip's memory, prints the table, and holds it to its limits.",
  )
  .option('--write', 'writes the table into boards/BUDGETS.md')
  .option(
    '--day',
    "also lets the firmware live through a day in XS, for the size of JavaScript's heap: takes minutes",
  )
  .addHelpText('after', '\nExit code: 0 all within limits, 1 something is not, 2 a tool is missing.')
  .action(exits(async (options) => (await import('../../tools/board/budgets')).budgets(options)));
