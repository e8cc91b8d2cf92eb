import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../host-sim/packages/root';
import type { LoadedHearing, LoadedSpeaker } from '../../../host-sim/packages/speaker';

const bytesOf = (path: string): Uint8Array => Uint8Array.from(readFileSync(join(ROOT, path)));

/** The same speaker, each of its words with the shipped embedding and a word verifier of random weights that rather says yes:
 * tests/firmware/natives/test_word_verifier.py makes it. */
export function withWordVerifier(speaker: LoadedSpeaker): LoadedSpeaker {
  const embedding = bytesOf('models/embedding/embedding.tflite');
  const wakeWords = speaker.hearing.wakeWords.map((word) => {
    return { ...word, wordVerifier: bytesOf('tests/fixtures/word-verifier.tflite') };
  });
  return { ...speaker, hearing: { ...speaker.hearing, wakeWords, embedding } };
}

export function withoutWordVerifier({ embedding: _, wakeWords, ...others }: LoadedHearing): LoadedHearing {
  return { ...others, wakeWords: wakeWords.map(({ wordVerifier: _, ...word }) => word) };
}
