import { declare, exits, verb } from '../command';

const check = verb('check')
  .description(
    'reads an exported record and says whether it is whole: every entry linked to the one before, every gap a deletion on record',
  )
  .argument('<file>', 'an exported record')
  .argument('[earlier...]', 'earlier exports of the same speaker, from which it has to go on')
  .action(
    exits(async (file, earlier) => (await import('../../tools/record/check')).checkRecord(file, earlier)),
  );

export const command = declare('record')
  .description('Checks what a speaker exported of its record of what it heard and did.')
  .addCommand(check)
  .addHelpText('after', '\nExit code: 0 whole, 1 altered, 2 a file or an option is wrong.');
