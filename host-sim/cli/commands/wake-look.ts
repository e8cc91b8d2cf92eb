import { SENSITIVITIES } from '../../../firmware/core/wake-points';
import { declare, exits, needed, Option } from '../command';
import { levels, phonesOption, several, WAKE_MODEL } from '../options';
import { Problem } from '../problem';

const positivesOption = new Option(
  '--positives <folder>',
  'recordings of the word, one saying each; needed; may be given several times',
).argParser(several);

const negativesOption = new Option(
  '--negatives <folder>',
  'recordings without it; needed; may be given several times',
).argParser(several);

const talkOption = new Option(
  '--talk <folder>',
  'plays the positives after talk out of there that is as loud; may be given several times',
).argParser(several);

const perHourOption = new Option(
  '--per-hour <numbers>',
  `false wakes an hour that ${SENSITIVITIES.join(', ')} sensitivity may have`,
)
  .argParser(perHourOf)
  .default([0, 0.5, 2], '0,0.5,2');

export const command = declare('wake:look')
  .description(
    'Plays recordings to a wake word with every second look recorded, and shows what each pair of cutoff and loss would ' +
      'have missed and woken falsely, beside the spotter alone at the same cutoff.',
  )
  .argument('<model>', WAKE_MODEL)
  .addOption(positivesOption)
  .addOption(negativesOption)
  .option('--noise <file>', 'plays the positives in this noise …')
  .addOption(new Option('--snr <decibels>', '… at this distance').argParser(levels).default([10], '10'))
  .addOption(talkOption)
  .addOption(perHourOption)
  .addOption(phonesOption)
  .option('--json', 'the suggested points as one JSON line at the end')
  .action(
    exits(async (model, { positives, negatives, talk = [], snr, ...others }) => {
      const sets = {
        positives: needed('--positives', positives),
        negatives: needed('--negatives', negatives),
        talk,
      };
      const { look } = await import('../../tools/score/look');
      return look(model, { ...others, ...sets, snrDb: snr[0] as number });
    }),
  );

function perHourOf(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.length === SENSITIVITIES.length && numbers.every((number) => number >= 0)) return numbers;
  throw new Problem(`--per-hour '${text}': three numbers from 0 on, parted by commas, would be right`);
}
