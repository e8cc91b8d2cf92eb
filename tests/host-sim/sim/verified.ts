import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedHearing, ROOT, type SpeakerParts } from '../../../host-sim/packages/speaker-parts';

const bytesOf = (path: string): Uint8Array => Uint8Array.from(readFileSync(join(ROOT, path)));

/** The same speaker, each of its words with the shipped embedding and a word verifier of random weights that rather says yes:
 * tests/firmware/natives/test_word_verifier.py makes it. */
export function withWordVerifier(parts: SpeakerParts): SpeakerParts {
  const embedding = bytesOf('models/embedding/embedding.tflite');
  const wakeWords = parts.hearing.wakeWords.map((word) => {
    return { ...word, wordVerifier: bytesOf('tests/fixtures/word-verifier.tflite') };
  });
  return { ...parts, hearing: { ...parts.hearing, wakeWords, embedding } };
}

export function withoutWordVerifier({ embedding: _, wakeWords, ...others }: LoadedHearing): LoadedHearing {
  return { ...others, wakeWords: wakeWords.map(({ wordVerifier: _, ...word }) => word) };
}
