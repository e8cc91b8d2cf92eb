import { declare, exits } from '../command';
import { grammarOption, wakeOption } from '../options';

export const command = declare('pack')
  .description(
    'Packs what the firmware hears with: compiles the home grammar, and writes models/resources.json, which names the ' +
      'resources of the firmware and tells it how the models are to be used, models/operators.h, which says what the ' +
      'models need of TensorFlow Lite Micro, and build/resources.bin, the file of all of them that npm run build and ' +
      'npm run flash bring into the flash. To be run after a model or the grammar has changed; a test says so.',
  )
  .addOption(wakeOption)
  .addOption(grammarOption)
  .addHelpText(
    'after',
    '\nWith --wake or --grammar your own are packed into build/own/resources.bin for the next builds.\n' +
      'No file under version control is touched then.',
  )
  .action(exits(async (options) => (await import('../../tools/board/pack')).packFirmware(options)));
