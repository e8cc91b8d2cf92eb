/** `npm run wake:breath`: whether a command said in one breath with the wake word loses anything. */
import { basename } from 'node:path';
import { command, needed, type Values } from '../../cli/command';
import { runCommand } from '../../cli/run-command';
import { hearingOf, loadNeededCommands, loadSpokenWakeWord } from '../../packages/speaker-parts';
import type { Breath, BreathSetup, BreathTask } from './breath-worker';
import { describeShare } from './interval';
import { labelled, labelsBeside, WORDS_BESIDE } from './labels';
import { ONE_WAKE_WORD } from './options';
import { playTasks } from './progress';
import { recordingsIn } from './sounds';

const HELP = `npm run wake:breath -- --wake-words FOLDER --commands FOLDER [options] MODEL

Splices recordings of the wake word right before recorded commands, the quiet between them cut away, plays them to a
whole speaker, and counts what was understood of each command alone but not in one breath.

  --wake-words FOLDER  recordings of the word, one saying each
  --commands FOLDER    recorded commands, a .txt with the words beside each
  --grammar FILE       the commands' grammar (models/home/home.grammar)
  --details            each command of which anything was lost
  --json               the counts as one JSON line at the end`;

const OPTIONS = {
  'wake-words': { type: 'string' },
  commands: { type: 'string' },
  grammar: { type: 'string' },
  details: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Sayings that do not wake say nothing about the breath: so many are tried. */
const TRIES = 6;

async function breath(values: Values<typeof OPTIONS>, model: string): Promise<number> {
  const wakes = recordingsIn([needed('--wake-words', values['wake-words'])]);
  const tasks = tasksOf(wakes, recordingsIn([needed('--commands', values.commands)]));
  const breaths = await playTasks<BreathSetup, BreathTask, Breath>(
    new URL('./breath-worker.ts', import.meta.url),
    { hearing: hearingOf([await loadSpokenWakeWord(model)], await loadNeededCommands(values.grammar)) },
    tasks,
    (task) => task.command,
  );
  if (values.details) showLost(tasks, breaths);
  report(breaths, values.json);
  return 0;
}

/** Each command after another voice. */
function tasksOf(wakes: readonly string[], commands: readonly string[]): BreathTask[] {
  return labelled(commands, labelsBeside, WORDS_BESIDE).map(({ path, label }, index) => {
    const first = (index * TRIES) % wakes.length;
    return { command: path, label, wakes: [...wakes, ...wakes].slice(first, first + TRIES) };
  });
}

function showLost(tasks: readonly BreathTask[], breaths: readonly Breath[]): void {
  breaths.forEach((breath, index) => {
    if (breath.lost.length === 0) return;
    const { command } = tasks[index] as BreathTask;
    const after = `after ${basename(breath.wake as string)}`;
    console.log(
      `${basename(command)} ${after}: lost ${breath.lost.join(' ')}, heard “${breath.words ?? ''}”`,
    );
  });
}

function report(breaths: readonly Breath[], json: boolean): void {
  const woken = breaths.filter(({ wake }) => wake !== undefined);
  const of = woken.length;
  const alone = woken.filter(({ isRightAlone }) => isRightAlone).length;
  const inOneBreath = woken.filter(({ isRightAlone, lost }) => isRightAlone && lost.length === 0).length;
  const lostWords = woken.reduce((sum, { lost }) => sum + lost.length, 0);
  console.log(`commands after a wake word that woke   ${of} of ${breaths.length}`);
  console.log(`right alone                            ${describeShare({ count: alone, of })}`);
  console.log(`right alone and in one breath          ${describeShare({ count: inOneBreath, of })}`);
  console.log(`words lost to the breath               ${lostWords}`);
  if (json)
    console.log(JSON.stringify({ n: of, rightAlone: alone, rightInOneBreath: inOneBreath, lostWords }));
}

const shape = { name: 'wake:breath', help: HELP, options: OPTIONS, words: ONE_WAKE_WORD };
void runCommand(command(shape, (values, [model]) => breath(values, model as string)));
