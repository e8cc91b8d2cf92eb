/** `npm run wake:breath`: whether a command said in one breath with the wake word loses anything. */
import { basename } from 'node:path';
import { hearingOf, loadNeededCommands, loadSpokenWakeWord } from '../../packages/speaker';
import type { Breath, BreathSetup, BreathTask } from './breath-worker';
import { describeShare } from './interval';
import { labelled, labelsBeside, WORDS_BESIDE } from './labels';
import { playTasks } from './progress';
import { readable, recordingsIn } from './sounds';

export interface BreathOptions {
  /** A folder of the wake word, one saying each. */
  readonly wakeWords: string;
  /** A folder of commands, their words beside them. */
  readonly commands: string;
  readonly grammar?: string;
  readonly details?: boolean;
  readonly json?: boolean;
}

/** Sayings that do not wake say nothing about the breath: so many are tried. */
const TRIES = 6;

/** Returns the exit code. @throws Problem */
export async function breath(model: string, options: BreathOptions): Promise<number> {
  const wakes = await readable(recordingsIn([options.wakeWords]));
  const commands = await readable(recordingsIn([options.commands]));
  const tasks = tasksOf(wakes.paths, commands.paths);
  const word = await loadSpokenWakeWord(model);
  const breaths = await playTasks<BreathSetup, BreathTask, Breath>(
    new URL('./breath-worker.ts', import.meta.url),
    { hearing: hearingOf([word], await loadNeededCommands(options.grammar)) },
    tasks,
    (task) => task.command,
  );
  if (options.details) showLost(tasks, breaths);
  report(breaths, options.json === true);
  return wakes.exitCode || commands.exitCode;
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
