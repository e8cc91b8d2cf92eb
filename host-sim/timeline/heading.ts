import type { SpeakerParts } from '../speaker-parts';
import type { Paint } from '../terminal';

/** The speaker in one line: `jarvis · home.grammar · esp32-s3-devkitc, ring of 12`. */
export function describeSpeaker({ wakeWords, commands, board }: SpeakerParts): string {
  const words = `wake word ${wakeWords.map(({ name }) => name).join(', ')}`;
  const grammar = commands ? `commands ${commands.grammarName}` : 'no commands (models/phones is not there)';
  return `${words} · ${grammar} · board ${board.name}, ring of ${board.ringPixels}`;
}

/** `kitchen.wav  12.4 s, resampled from …`. */
export function headRecording(name: string, facts: readonly string[], paint: Paint): string {
  return `${paint.style(name, 'bold')}  ${paint.style(facts.join(', '), 'faint')}`;
}
