import { declare, exits } from '../command';
import { portOption } from '../options';

export const command = declare('page')
  .description(
    'Makes the page on which a browser is the speaker, one file with all that it needs, and serves it.',
  )
  .addOption(portOption('the page', 8081))
  .option('--address <address>', 'on which it is served; this computer alone unless said', '127.0.0.1')
  .option('--out <folder>', 'only writes index.html there')
  .action(exits(async (options) => (await import('../../tools/page/page')).makePage(options)));
