import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Sensitivity } from '../../../../firmware/core/wake-points';
import { endToWidth, type Paint } from '../../../cli/terminal';
import type { LoadedHearing, LoadedSpeaker } from '../../../packages/speaker';
import { STANDARD_INPUT } from '../../../sim/audio/source';

const MARGIN = 2;

/** The speaker in one line: `jarvis · home.grammar · esp32-s3-devkitc, ring of 12`. */
export function describeSpeaker({ hearing, board, sensitivity }: LoadedSpeaker): string {
  const { wakeWords, commands } = hearing;
  const names = wakeWords.map(({ name }) => name).join(', ');
  const words = `wake word ${names}${describeSensitivity(sensitivity, wakeWords)}`;
  const grammar = commands ? `commands ${commands.grammarName}` : 'no commands (models/phones is not there)';
  return `${words} · ${grammar} · board ${board.name}, ring of ${board.ringPixels}`;
}

/** Says so when a sensitivity was not measured but is only the normal cutoff, moved. */
function describeSensitivity(sensitivity: Sensitivity, wakeWords: LoadedHearing['wakeWords']): string {
  if (sensitivity === 'normal') return '';
  const guessed = wakeWords.filter(({ hasMeasuredPoints }) => !hasMeasuredPoints).map(({ name }) => name);
  const odds = sensitivity === 'low' ? 'doubled' : 'halved';
  const note =
    guessed.length > 0 ? ` (not measured for ${guessed.join(', ')}: the cutoff's odds ${odds})` : '';
  return ` at ${sensitivity} sensitivity${note}`;
}

/** `kitchen.wav  12.4 s, resampled from …`, on two lines when one is too short. The end of a long path says most. */
export function headRecording(name: string, facts: readonly string[], paint: Paint, width: number): string {
  const said = facts.join(', ');
  const shown = endToWidth(name === STANDARD_INPUT ? 'standard input' : name, width - 2 * MARGIN);
  const fits = MARGIN + stringWidth(shown) + 2 + stringWidth(said) <= width;
  return `${paint.style(shown, 'bold')}${fits ? '  ' : `\n${' '.repeat(MARGIN)}`}${indented(said, width, (line) => paint.style(line, 'faint'))}`;
}

/** Wrapped into the width, with the margin before all lines but the first. */
export function indented(text: string, width: number, style: (line: string) => string = String): string {
  return wrapAnsi(text, width - 2 * MARGIN)
    .split('\n')
    .map(style)
    .join(`\n${' '.repeat(MARGIN)}`);
}

/** What the letters of a ring mean that is shown without colour. */
export const RING_LEGEND =
  'ring: r red, g green, b blue, y yellow, c cyan, m magenta, w white; a capital is bright, · is dark';
