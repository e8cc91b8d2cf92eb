import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../packages/root';
import { isReference } from '../../tools/score/references';
import { atLeastOne, declare, exits, Option } from '../command';
import { levels, several, WAKE_MODEL } from '../options';

/** Options that take any number of paths. */
const GREEDY = ['--positives', '--negatives', '--noise', '--talk'];

const positivesOption = new Option('--positives <path…>', 'recordings that hold the word once').argParser(
  several,
);
const negativesOption = new Option('--negatives <path…>', 'recordings without it').argParser(several);
const noiseOption = new Option('--noise <file…>', 'noise mixed into the positives …').argParser(several);
const levelsOption = new Option('--snr <decibels>', '… at these distances')
  .argParser(levels)
  .default([10], '10');
const talkOption = new Option(
  '--talk <path…>',
  'the positives, clean and in noise, after this talk as well, as loud as they',
).argParser(several);

export const command = declare('wake:score')
  .description(
    'Plays recordings to the speaker, each as if it were just switched on, and counts words missed and false wakes at ' +
      "the cutoff that the model's card names; the curve over all cutoffs is that of the model's spotter alone. Beside " +
      'models of ours pymicro:NAME and openwakeword:NAME run in their own Python packages (installed when first wanted).',
  )
  .argument('[models...]', 'folders of models/ or paths of microWakeWord manifests')
  .addOption(positivesOption)
  .addOption(negativesOption)
  .addOption(noiseOption)
  .addOption(levelsOption)
  .addOption(talkOption)
  .option('--rooms', 'the positives in four simulated rooms too')
  .option('--spotter-alone', 'without the second look of the phone model, which decides otherwise')
  .option('--det <file.svg>', 'draws misses against false wakes at every cutoff')
  .option('--details', 'every recording missed or woken by')
  .option(
    '--json',
    'one JSON line for each model at the end: missRate (in noise where there is noise) and falsePerHour',
  )
  .option('--scorecard', 'every model of models/ over the recordings of --data and --negatives, as Markdown')
  .option(
    '--data <folder>',
    'wake-words/<word>, noise, and speech in other folders',
    join(ROOT, '../shared/data'),
  )
  .addHelpText(
    'after',
    '\nHours are those of the negatives; the 1.5 s of silence after each recording are not counted.',
  )
  .action(
    exits(async (models, given) => {
      const {
        positives = [],
        negatives = [],
        noise: noises = [],
        talk = [],
        snr,
        spotterAlone,
        ...others
      } = given;
      if (!others.scorecard) {
        atLeastOne(models, 'model', `name ${WAKE_MODEL}`);
        atLeastOne([...positives, ...negatives], 'recordings', '--positives DIR, --negatives DIR or both');
      }
      const { wakeScore } = await import('../../tools/score/wake');
      const sets = { models, positives, negatives, noises, talk };
      return wakeScore({ ...others, ...sets, levelsDb: snr, secondLook: !spotterAlone });
    }),
  );

/** `--negatives A B MODEL` as `--negatives A --negatives B MODEL`: what is there and is no model is another path. */
export function prepare(argv: readonly string[]): string[] {
  let open: string | undefined;
  return argv.flatMap((word, index) => {
    const before = argv[index - 1] ?? '';
    if (word.startsWith('--')) {
      open = GREEDY.includes(word) ? word : undefined;
      return [word];
    }
    const isFirst = before === open;
    return open !== undefined && !isFirst && existsSync(word) && !isModel(word) ? [open, word] : [word];
  });
}

function isModel(name: string): boolean {
  if (isReference(name) || name.endsWith('.json')) return true;
  const isNamed = /^[\w-]+$/.test(name) && existsSync(join(ROOT, 'models', name, 'model.json'));
  return isNamed || (statSync(name).isDirectory() && existsSync(join(name, 'model.json')));
}
