import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WakeWordModel } from '../../../host-sim/packages/models';
import { ROOT, type SpeakerParts } from '../../../host-sim/packages/speaker-parts';

/** The shipped embedding, and a verifier of random weights that rather says yes: tests/firmware/natives/test_verifier.py makes it. */
const VERIFIER = {
  tflite: Uint8Array.from(readFileSync(join(ROOT, 'tests/fixtures/verifier.tflite'))),
  embedding: Uint8Array.from(readFileSync(join(ROOT, 'models/embedding/embedding.tflite'))),
};

/** The same speaker, each of its words with a verifier. */
export function withVerifier(parts: SpeakerParts): SpeakerParts {
  return { ...parts, wakeWords: parts.wakeWords.map((word) => ({ ...word, verifier: VERIFIER })) };
}

export function withoutVerifier({ verifier: _, ...word }: WakeWordModel): WakeWordModel {
  return word;
}
