import { declare, exits, needed } from '../command';
import { grammarOption, WAKE_MODEL } from '../options';

export const command = declare('wake:breath')
  .description(
    'Splices recordings of the wake word right before recorded commands, the quiet between them cut away, plays them to ' +
      'a whole speaker, and counts what was understood of each command alone but not in one breath.',
  )
  .argument('<model>', WAKE_MODEL)
  .option('--wake-words <folder>', 'recordings of the word, one saying each; needed')
  .option('--commands <folder>', 'recorded commands, a .txt with the words beside each; needed')
  .addOption(grammarOption)
  .option('--details', 'each command of which anything was lost')
  .option('--json', 'the counts as one JSON line at the end')
  .action(
    exits(async (model, { wakeWords, commands, ...others }) => {
      const sets = { wakeWords: needed('--wake-words', wakeWords), commands: needed('--commands', commands) };
      const { breath } = await import('../../tools/score/breath');
      return breath(model, { ...others, ...sets });
    }),
  );
