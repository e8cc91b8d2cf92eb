import { atLeastOne, declare, exits, Option } from '../command';
import { channelOption, judge, levels, number, phonesOption, several } from '../options';

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

const saidOption = new Option(
  '--said <table>',
  'sentences and what they mean, as of `grammar said`, spoken by made voices: counts what is right, and what is done that ' +
    'means nothing; may be given several times',
).argParser(several);

const nearOption = new Option(
  '--near <table>',
  'the same for sentences near the grammar that mean nothing; “not unlock” as a meaning tells the opposite apart',
).argParser(several);

const judgeOption = new Option(
  '--judge <numbers>',
  "other limits than the decoder's own: nats that each phone may lose, that a stretch may, confidences for doing any " +
    'intent, for careful ones and for asking, nats of each phone where anything may follow',
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
  .addOption(saidOption)
  .addOption(nearOption)
  .option(
    '--readings <folder>',
    'recordings of these sentences: VOICE/the-words.wav (default: what `npm run models:train -- read` has made)',
  )
  .addOption(secondsOption)
  .addOption(channelOption)
  .addOption(judgeOption)
  .option('--details', 'each recording that was not right, and every confusion')
  .option('--json', 'the result as one JSON line at the end: accuracy and rejected (a count) without noise')
  .action(
    exits(async (recordings, { outOfGrammar = [], said = [], near = [], snr, ...others }) => {
      const tables = [...said, ...near];
      const isAny = outOfGrammar.length > 0 || tables.length > 0;
      const paths = isAny ? recordings : atLeastOne(recordings, 'recording', 'name files or folders');
      const { score } = await import('../../tools/score/commands');
      return score({ ...others, paths, outOfGrammar, said: tables, levelsDb: snr });
    }),
  );
