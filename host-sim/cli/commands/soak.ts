import { declare, exits, Option } from '../command';
import { wholeNumber } from '../options';
import { Problem } from '../problem';

const MOST_HOURS = 1_000;

const hoursOption = new Option('--hours <count>', "of the firmware's time")
  .argParser(
    wholeNumber('--hours', { least: 1, most: MOST_HOURS, right: `a whole number from 1 to ${MOST_HOURS}` }),
  )
  .default(24);

const bitsOption = new Option(
  '--bits <count>',
  "of a word: the chip's 32 (needs gcc-multilib on Debian), or 64",
)
  .choices(['32', '64'])
  .argParser(bitsOf)
  .default(32 as const);

export const command = declare('soak')
  .description(
    "Lets the chip's firmware live through a day in the real XS, in a machine of the chip's size, in a house in which " +
      'much happens, and shows what its memory holds at the end of every hour. Takes minutes, and a C compiler.',
  )
  .addOption(hoursOption)
  .addOption(bitsOption)
  .option('--json', 'one hour a line, for tools')
  .addHelpText(
    'after',
    '\nExit code: 0 lived through, 1 the machine ended before its time, 2 an option is wrong or there is no compiler.',
  )
  .action(exits(async (options) => (await import('../../tools/board/soak')).soak(options)));

function bitsOf(text: string): 32 | 64 {
  if (text === '32') return 32;
  if (text === '64') return 64;
  throw new Problem(`--bits '${text}': 32 or 64 would be right`);
}
