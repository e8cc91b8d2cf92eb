import { atLeastOne, declare, exits, Option } from '../command';
import { judge, levels, number, phonesOption, several } from '../options';

const noiseLevels = new Option(
  '--snr <decibels>',
  '… mixed in at these distances, besides the clean recordings',
)
  .argParser(levels)
  .default([6, 9, 12, 15, 18, 21, 24] as const, '6,9,12,15,18,21,24');

const secondsOption = new Option(
  '--seconds <number>',
  'only so much of each recording from its start',
).argParser(
  number('--seconds', { least: Number.MIN_VALUE, most: Number.POSITIVE_INFINITY, right: 'a number above 0' }),
);

const othersOption = new Option(
  '--out-of-grammar <folder>',
  'recordings that are no commands of this grammar: counts those accepted all the same; may be given several times',
).argParser(several);

const judgeOption = new Option(
  '--judge <numbers>',
  "other limits than the decoder's own: nats that each phone may lose, that a stretch may, confidences for any intent and " +
    'for careful ones, nats of each phone where anything may follow',
).argParser(judge);

export const command = declare('commands:score')
  .description(
    'Plays recorded commands to the speaker, already awake, and counts those of which the whole command was understood.',
  )
  .argument('[recordings...]', 'files, or folders of them')
  .option(
    '--grammar <file>',
    "the commands: .grammar, or the benchmark's .yaml (default: models/home/home.grammar)",
  )
  .option(
    '--labels <file>',
    'JSON: {"recording": {"intent": …, "slots": {…}}}; without it a .txt beside each recording has its words',
  )
  .addOption(phonesOption)
  .option('--noise <file>', 'a recording of noise …')
  .addOption(noiseLevels)
  .addOption(othersOption)
  .addOption(secondsOption)
  .addOption(judgeOption)
  .option('--details', 'each recording that was not right, and every confusion')
  .option('--json', 'the result as one JSON line at the end: accuracy and rejected (a count) without noise')
  .action(
    exits(async (recordings, { outOfGrammar = [], snr, ...others }) => {
      const paths =
        outOfGrammar.length > 0 ? recordings : atLeastOne(recordings, 'recording', 'name files or folders');
      const { score } = await import('../../tools/score/commands');
      return score({ ...others, paths, outOfGrammar, levelsDb: snr });
    }),
  );
