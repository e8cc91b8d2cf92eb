/** `npm run phones:score`: how many phones the phone model gets wrong, in recordings of which is known what is said. */
import { dictionary } from 'cmu-pronouncing-dictionary';
import { Problem } from '../../cli/problem';
import { createLexicon, listedPronunciations } from '../../grammar/lexicon';
import { loadNeededCommands, loadPhoneModel } from '../../packages/speaker';
import type { ChannelChoice } from '../../sim/audio/channels';
import { align, errorsOf, type Pair, saidOf } from './phone-alignment';
import { describeConfusions, describeRows, describeVoices, type Row, rowsOf } from './phones-report';
import type { HeardPhones, PhonesSetup, PhonesTask } from './phones-worker';
import { playTasks } from './progress';
import { readable, readSound } from './sounds';
import { type Transcribed, transcribedIn, type Voices, voicesOf } from './transcripts';

export interface PhonesOptions {
  readonly folders: readonly string[];
  /** Another phone model than the one that ships. */
  readonly model?: string;
  readonly voices?: Voices;
  readonly split?: string;
  readonly channel?: ChannelChoice;
  readonly noise?: string;
  /** Besides without noise. */
  readonly levelsDb: readonly number[];
  readonly confusions?: boolean;
  /** Counts words as well. */
  readonly grammar?: string;
  readonly json?: boolean;
}

/** Of each recording in each condition. */
type Pairs = readonly (readonly (readonly Pair[])[])[];

/** Returns the exit code. @throws Problem */
export async function scorePhones(values: PhonesOptions): Promise<number> {
  const listed = chosen(values.folders.flatMap(transcribedIn), values.split);
  const { paths, exitCode } = await readable(
    listed.map(({ path }) => path),
    values.channel,
  );
  const isReadable = new Set(paths);
  const recordings = listed.filter(({ path }) => isReadable.has(path));
  const voices = voicesOf(recordings, values.voices);
  const setup = await setupOf(values);
  const conditions = ['clean', ...setup.levelsDb.map((level) => `${level} dB`)];
  const heard = await play(setup, recordings);
  const phones: Pairs = recordings.map(({ words }, index) => {
    const ways = words.map((word) => listedPronunciations(dictionary, word));
    return heard[index]?.map((each) => align(ways, each.phones)) ?? [];
  });
  console.log(`Phones wrong, ${describeVoices(voices)}; 95 % intervals by talker`);
  const phoneRows = report('phones', conditions, recordings, phones);
  console.log(describeGuesses(recordings));
  if (values.confusions) showConfusions(conditions, phones);
  const wordRows = setup.commands && reportWords(setup.commands.grammarName, conditions, recordings, heard);
  const words = wordRows ? { words: wordRows } : {};
  if (values.json) console.log(JSON.stringify({ voices, conditions, phones: phoneRows, ...words }));
  return exitCode;
}

function chosen(recordings: readonly Transcribed[], split: string | undefined): readonly Transcribed[] {
  const found = recordings.filter((each) => split === undefined || each.split === split);
  if (found.length > 0) return found;
  const splits = [...new Set(recordings.map((each) => `'${each.split}'`))].join(', ');
  throw new Problem(`--split '${split}': no recording is of it; there is ${splits}`);
}

async function setupOf(values: PhonesOptions): Promise<PhonesSetup> {
  const phones = loadPhoneModel(values.model);
  const commands = values.grammar === undefined ? undefined : await loadNeededCommands(values.grammar);
  const setup = { phones, commands: commands && { ...commands, phones }, channel: values.channel };
  if (values.noise === undefined) return { ...setup, levelsDb: [] };
  return { ...setup, noise: await readSound(values.noise), levelsDb: values.levelsDb };
}

function play(setup: PhonesSetup, recordings: readonly Transcribed[]): Promise<HeardPhones[][]> {
  const tasks = recordings.map(({ path }, seed): PhonesTask => ({ path, seed }));
  return playTasks(new URL('./phones-worker.ts', import.meta.url), setup, tasks, ({ path }) => path);
}

function report(
  what: string,
  conditions: readonly string[],
  recordings: readonly Transcribed[],
  pairs: Pairs,
): Row[] {
  const scored = recordings.map((recording, index) => ({
    recording,
    wrong: (pairs[index] ?? []).map((each) => ({ count: errorsOf(each), of: saidOf(each) })),
  }));
  const rows = rowsOf(scored);
  for (const line of describeRows(what, conditions, rows)) console.log(line);
  return rows;
}

function reportWords(
  grammarName: string,
  conditions: readonly string[],
  recordings: readonly Transcribed[],
  heard: readonly HeardPhones[][],
): Row[] {
  const plain = (word: string): string => word.toLowerCase().replaceAll("'", '');
  const pairs: Pairs = recordings.map(({ words }, index) => {
    const said = words.map((word) => [[plain(word)]]);
    return heard[index]?.map((each) => align(said, plain(each.words).match(/\S+/g) ?? [])) ?? [];
  });
  console.log(`Words wrong with ${grammarName}; all those of a recording that is refused`);
  return report('words', conditions, recordings, pairs);
}

function describeGuesses(recordings: readonly Transcribed[]): string {
  const lexicon = createLexicon(dictionary, new Map());
  const words = recordings.flatMap((recording) => recording.words);
  const guessed = words.filter((word) => lexicon.isGuessed(word));
  const which = [...new Set(guessed)].slice(0, 5).join(', ');
  return `${guessed.length} of ${words.length} words are in no dictionary, their sound is guessed${which && `: ${which} …`}`;
}

function showConfusions(conditions: readonly string[], pairs: Pairs): void {
  conditions.forEach((name, at) => {
    console.log(`Confusions, ${name}`);
    for (const line of describeConfusions(pairs.flatMap((each) => each[at] ?? []))) console.log(line);
  });
}
