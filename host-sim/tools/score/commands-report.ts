import { basename } from 'node:path';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { type Answer, isRight, type Score } from './count';
import { describeShare } from './interval';
import { differences } from './labels';

const CONFUSIONS_SHOWN = 5;

export function describeScore(name: string, { right, refused, asked, of, slots }: Score): string {
  const wrong = [...slots].filter(([, { count }]) => count > 0).sort(([, a], [, b]) => b.count - a.count);
  const list = wrong.map(([slot, share]) => `${slot} ${share.count} of ${share.of}`);
  const mistakes = list.length > 0 ? `; wrong: ${list.join(', ')}` : '';
  return `${name.padStart(6)}  right ${describeShare({ count: right, of })}, refused ${refused}, asked ${asked}${mistakes}`;
}

/** What was taken for what. */
export function describeConfusions({ confusions }: Score, all: boolean): string[] {
  const shown = all ? confusions : confusions.slice(0, CONFUSIONS_SHOWN);
  const quoted = (text: string): string => (text === '' ? 'nothing' : `“${text}”`);
  const lines = shown.map(
    ({ name, wanted, heard, count }) =>
      `        ${count} × ${name}: ${quoted(wanted)} heard as ${quoted(heard)}`,
  );
  const left = confusions.length - shown.length;
  return left > 0 ? [...lines, `        and ${left} more (--details)`] : lines;
}

/** Of the noisy levels, each counting the same. */
export function describeMean(scores: readonly Score[]): string {
  const mean = scores.reduce((sum, { right, of }) => sum + right / of, 0) / scores.length;
  return `  mean  right ${(mean * 100).toFixed(1).padStart(5)} % over the levels of noise`;
}

export function describeMistakes(answers: readonly Answer[]): string[] {
  return answers
    .filter((answer) => !isRight(answer))
    .map(({ path, label, heard }) => {
      if (!heard) return `${basename(path)}: refused`;
      if (heard.isAsked) return `${basename(path)}: asked “${heard.words}?” (${heard.confidence})`;
      const wrong = differences(label, heard).map(({ name }) => name);
      return `${basename(path)}: heard “${heard.words}” (${heard.confidence}), wrong: ${wrong.join(', ')}`;
    });
}

export function describeAccepted(names: readonly string[], accepted: readonly number[], of: number): string {
  const lines = accepted.map(
    (count, level) =>
      `${(names[level] ?? '').padStart(6)}  no command, but accepted ${describeShare({ count, of })}`,
  );
  return lines.join('\n');
}

export function describeSpeed(samples: number, seconds: number): string {
  const minutes = samples / SAMPLE_RATE / 60;
  const rate = ((minutes * 60) / seconds).toFixed(0);
  return `${minutes.toFixed(1)} minutes of audio in ${seconds.toFixed(1)} s, ${rate} × real time`;
}
