/** Plays all cues, one after the other, through the chip's loudspeaker, and prints a line with the samples of each. */
import type { Cue } from '../../../../../firmware/core/ports';
import Loudspeaker, { type LoudspeakerOptions } from '../../../../../firmware/esp32/loudspeaker';
import { deliverMessages, played } from './natives';

declare const host: {
  print(line: string): void;
  configuration(): string;
  repeat(step: () => boolean): void;
};

const PIECE_SAMPLES = 500;

const { options, cues, volumePercent } = JSON.parse(host.configuration()) as {
  readonly options: LoudspeakerOptions;
  readonly cues: Cue[];
  readonly volumePercent: number;
};
let heard = 0;
let hasEnded = true;

function printPieces(): void {
  for (let piece = next(); piece.length > 0; piece = next()) host.print(piece.join());
  host.print('');
}

function next(): Int16Array {
  const piece = new Int16Array(played(heard, PIECE_SAMPLES));
  heard += piece.length;
  return piece;
}

const loudspeaker = new Loudspeaker(options);
loudspeaker.onEnded = () => {
  hasEnded = true;
  printPieces();
};
host.repeat(() => {
  deliverMessages();
  if (!hasEnded) return true;
  const cue = cues.shift();
  if (cue === undefined) {
    loudspeaker.close();
    return false;
  }
  hasEnded = false;
  loudspeaker.play(cue, volumePercent);
  return true;
});
