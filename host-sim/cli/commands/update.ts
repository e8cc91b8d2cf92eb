import { declare, exits, Option, verb } from '../command';
import { several, wholeNumber } from '../options';

const work = () => import('../../tools/update/update');

const keys = verb('keys')
  .description('makes a pair of keys: one signs updates, speakers check them with the other')
  .argument('<folder>', 'where the two files are written')
  .action(exits(async (folder) => (await work()).makeKeys(folder)));

const make = verb('make')
  .description('signs an update')
  .argument('<file>', 'the update to write')
  .requiredOption('--key <file>', 'the private key')
  .addOption(
    new Option('--serial <number>', 'its number; speakers take only what is newer than what they have')
      .argParser(wholeNumber('--serial', { least: 1, most: 2 ** 31, right: 'a number from 1 on' }))
      .makeOptionMandatory(),
  )
  .requiredOption('--release <text>', 'what people call it, as 0.2.0')
  .addOption(
    new Option('--changes <sentence…>', 'what becomes different; may be given several times').argParser(
      several,
    ),
  )
  .option(
    '--resources <file>',
    'models and grammar, as `npm run pack` has written them to build/resources.bin',
  )
  .option('--firmware <file>', 'as `npm run build` has made it …')
  .option('--board <name>', '… for this board')
  .action(
    exits(async (out, { release: version, changes = [], ...others }) =>
      (await work()).make({ ...others, out, version, changes }),
    ),
  );

const check = verb('check')
  .description('says what an update is and changes, and whether it is whole and signed')
  .argument('<file>', 'the update')
  .requiredOption('--key <file>', 'the public key')
  .action(exits(async (file, { key }) => (await work()).checkUpdate(file, key)));

export const command = declare('update')
  .description('Makes and checks updates, which a speaker takes on its own page, on a person’s word.')
  .addCommand(keys)
  .addCommand(make)
  .addCommand(check)
  .addHelpText('after', '\nExit code: 0 all well, 2 a file or an option is wrong.');
