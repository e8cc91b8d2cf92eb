/** `npm run wake:score`: the scorecard by which wake models are judged. */
import { checkWritable, writeNamedFile } from '../../cli/files';
import { runCommand } from '../../cli/run-command';
import { describeSpeed } from './commands-report';
import { conditionsOf, talkConditionsOf } from './conditions';
import { detPicture } from './det-picture';
import { scorecard } from './scorecard';
import { talkIn } from './sounds';
import { parseWakeArguments, WAKE_HELP, type WakeArguments } from './wake-arguments';
import { loadScoredModels } from './wake-models';
import { type Played, play } from './wake-play';
import { describeDetails, tableOf } from './wake-report';
import { resultOf, summaryOf } from './wake-results';

async function main(argv: readonly string[]): Promise<number> {
  const wanted = parseWakeArguments(argv);
  if (!wanted) {
    console.log(WAKE_HELP);
    return 0;
  }
  if (wanted.det !== undefined) checkWritable(wanted.det); // now, as it is written only after all recordings
  await (wanted.scorecard ? writeScorecard(wanted) : score(wanted));
  return 0;
}

async function score(wanted: WakeArguments): Promise<void> {
  const models = await loadScoredModels(wanted.models, wanted.secondLook);
  const { noises, levelsDb, rooms, talk } = wanted;
  const conditions = [
    ...conditionsOf(noises, levelsDb, rooms),
    ...talkConditionsOf(talkIn(talk), noises, levelsDb),
  ];
  const startMs = performance.now();
  const played = await play(models, { positives: wanted.positives, negatives: wanted.negatives, conditions });
  const seconds = (performance.now() - startMs) / 1000;
  const results = models.map((model, index) => resultOf(model, index, played));
  console.log(tableOf(results));
  if (wanted.details) for (const result of results) console.log(describeDetails(result));
  if (wanted.det !== undefined) {
    writeNamedFile(wanted.det, detPicture(results));
    console.log(`misses against false wakes: ${wanted.det}`);
  }
  console.log(describeSpeed(samplesOf(played) * models.length, seconds));
  if (wanted.json) for (const result of results) console.log(JSON.stringify(summaryOf(result)));
}

async function writeScorecard({ data, negatives, det }: WakeArguments): Promise<void> {
  const { text, results } = await scorecard(data, negatives);
  console.log(text);
  if (det !== undefined) writeNamedFile(det, detPicture(results));
}

/** Everything that was played, in every condition. */
function samplesOf({ positives, negatives }: Played): number {
  return [...positives, ...negatives].reduce(
    (sum, { samples, answers }) => sum + samples * answers.length,
    0,
  );
}

void runCommand(main);
