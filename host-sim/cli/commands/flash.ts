import { BUILD_MODES } from '../../tools/board/output';
import { declare, exits, Option } from '../command';
import { boardOption, oneOf, wholeNumber } from '../options';

const modeOption = new Option('--mode <name>', 'the build that was made')
  .choices(BUILD_MODES)
  .argParser(oneOf('mode', BUILD_MODES))
  .default('release' as const);

const baudOption = new Option('--baud <rate>', 'bits a second')
  .argParser(wholeNumber('--baud', { least: 9600, most: Number.POSITIVE_INFINITY, right: '460800' }))
  .default(460_800);

export const command = declare('flash', '--port PORT would be right')
  .description("Writes what earshot build has built into a board's flash, over its serial port or USB.")
  .addOption(boardOption)
  .option('--port <port>', 'such as /dev/ttyACM0 or COM3; need not be said when there is only one')
  .addOption(modeOption)
  .option('--clip', 'the build that hears a recording in place of the microphone')
  .option('--portable-kernels', "the build with TensorFlow Lite Micro's portable kernels")
  .option('--build <folder>', 'a build in another place')
  .addOption(baudOption)
  .option(
    '--no-reset',
    'the board is in download mode already: BOOT held while RESET was pressed; start it by RESET afterwards',
  )
  .addHelpText(
    'after',
    '\nExit code: 0 written and checked, 1 the board does not answer or refuses, 2 an option is wrong or nothing is built.',
  )
  .action(exits(async (options) => (await import('../../tools/board/flash')).flash(options)));
