import { atLeastOne, declare, exits, Option } from '../command';
import { channelOption, levels, oneOf } from '../options';

const voicesOption = new Option(
  '--voices <kind>',
  'people or made: whose voices they are, where no people.tsv says; both are never in one figure',
).argParser(oneOf('kind of voices', ['people', 'made']));

const noiseLevels = new Option(
  '--snr <decibels>',
  '… mixed in at these distances, besides the clean recordings',
)
  .argParser(levels)
  .default([20, 10] as const, '20,10');

export const command = declare('phones:score')
  .description(
    'Plays recordings to the phone model as the ear does and counts the phones of its best path that differ from what is ' +
      "said: phones put in, left out and mistaken, of those in the dictionary's pronunciation that fits best.",
  )
  .argument(
    '[folders...]',
    'each has a people.tsv (columns file, speaker, text; corpus, split, age and voices, people or made, where they are ' +
      'known) or recordings with a .txt of their words beside them',
  )
  .option('--model <name>', 'another phone model: a folder of models/, or the path of a model.json')
  .addOption(voicesOption)
  .addOption(channelOption)
  .option('--split <name>', 'only recordings of this split')
  .option('--noise <file>', 'a recording of noise …')
  .addOption(noiseLevels)
  .option('--confusions', 'what was heard for what')
  .option('--grammar <file>', 'also the words, as understood with this grammar')
  .option('--json', 'the result as one JSON line at the end')
  .action(
    exits(async (folders, { snr, ...others }) => {
      const named = atLeastOne(folders, 'folder', 'name one with people.tsv');
      const { scorePhones } = await import('../../tools/score/phones');
      return scorePhones({ ...others, folders: named, levelsDb: snr });
    }),
  );
