import type { ChannelChoice } from './channels';
import { openWithFfmpeg } from './formats/ffmpeg';
import { type OpenRecording, openRecording, type Recording, wholeRecording } from './recording';
import { bytesSource, type SoundSource } from './source';

/** As `openRecording`, where ffmpeg reads what we do not. @throws AudioError */
export function openAnyRecording(source: SoundSource, choice?: ChannelChoice): Promise<OpenRecording> {
  return openRecording(source, choice, openWithFfmpeg);
}

/** Decodes a whole recording. @throws AudioError */
export async function readRecording(bytes: Uint8Array, choice?: ChannelChoice): Promise<Recording> {
  return wholeRecording(await openAnyRecording(bytesSource(bytes), choice));
}
