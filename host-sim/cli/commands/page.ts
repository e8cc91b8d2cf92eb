import { declare, exits, Option } from '../command';
import { wholeNumber } from '../options';

const portOption = new Option('--port <number>', 'where the page is served; 0 takes any that is free')
  .argParser(wholeNumber('--port', { least: 0, most: 65_535, right: 'a port from 0 to 65535' }))
  .default(8081);

export const command = declare('page')
  .description(
    'Makes the page on which a browser is the speaker, one file with all that it needs, and serves it.',
  )
  .addOption(portOption)
  .option('--address <address>', 'on which it is served; this computer alone unless said', '127.0.0.1')
  .option('--out <folder>', 'only writes index.html there')
  .action(exits(async (options) => (await import('../../tools/page/page')).makePage(options)));
