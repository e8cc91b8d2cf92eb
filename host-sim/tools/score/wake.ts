/** `npm run wake:score`: the scorecard by which wake models are judged. */
import { checkWritable, writeNamedFile } from '../../cli/files';
import { describeSpeed } from './commands-report';
import { conditionsOf, talkConditionsOf } from './conditions';
import { detPicture } from './det-picture';
import { scorecard } from './scorecard';
import { talkIn } from './sounds';
import { loadScoredModels } from './wake-models';
import { type Played, play } from './wake-play';
import { describeDetails, tableOf } from './wake-report';
import { resultOf, summaryOf } from './wake-results';

/** What is played, to which models, and what is told of it. */
export interface WakeScoreOptions {
  readonly models: readonly string[];
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
  readonly noises: readonly string[];
  readonly levelsDb: readonly number[];
  readonly talk: readonly string[];
  readonly rooms?: boolean;
  readonly secondLook: boolean;
  /** A file to draw misses against false wakes into. */
  readonly det?: string;
  readonly details?: boolean;
  readonly json?: boolean;
  /** All models of models/ over the recordings of `data` and the negatives. */
  readonly scorecard?: boolean;
  readonly data: string;
}

/** Returns the exit code. @throws Problem */
export async function wakeScore(wanted: WakeScoreOptions): Promise<number> {
  if (wanted.det !== undefined) checkWritable(wanted.det); // now, as it is written only after all recordings
  return wanted.scorecard ? writeScorecard(wanted) : score(wanted);
}

async function score(wanted: WakeScoreOptions): Promise<number> {
  const models = await loadScoredModels(wanted.models, wanted.secondLook);
  const { noises, levelsDb, rooms, talk } = wanted;
  const conditions = [
    ...conditionsOf(noises, levelsDb, rooms === true),
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
  return played.exitCode;
}

async function writeScorecard({ data, negatives, det }: WakeScoreOptions): Promise<number> {
  const { text, results } = await scorecard(data, negatives);
  console.log(text);
  if (det !== undefined) writeNamedFile(det, detPicture(results));
  return 0;
}

/** Everything that was played, in every condition. */
function samplesOf({ positives, negatives }: Played): number {
  return [...positives, ...negatives].reduce(
    (sum, { samples, answers }) => sum + samples * answers.length,
    0,
  );
}
