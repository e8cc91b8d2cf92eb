import type { LoadedHearing } from '../../packages/speaker';
import { Session } from '../session';
import { createEar } from '../wasm/natives';
import { ModelError } from '../wasm/open';

/** What a speaker with this hearing makes of a recording in which somebody says one of its names and something else: what
 * does not work, a line each. A hearing with other names is only asked whether it hears at all.
 * @param spoken the wake word in the recording
 * @param pcm 16 kHz */
export function selfTest(hearing: LoadedHearing, spoken: string, pcm: Int16Array): string[] {
  try {
    const isNamed = hearing.wakeWords.some(({ name }) => name === spoken);
    const open = typesOf(hearing, pcm, false);
    const muted = typesOf(hearing, pcm, true);
    return [
      ...(isNamed && !open.has('wakeWordHeard') ? ['it does not wake'] : []),
      ...(muted.has('wakeWordHeard') || !muted.has('muteChanged') ? ['it does not mute'] : []),
      ...(open.has('faultOccurred') ? ['it has a fault'] : []),
    ];
  } catch (error) {
    if (error instanceof ModelError) return [error.message];
    throw error;
  }
}

function typesOf(hearing: LoadedHearing, pcm: Int16Array, muted: boolean): Set<string> {
  const types = new Set<string>();
  const session = new Session({
    ear: createEar(hearing, pcm),
    pixelCount: 1,
    mute: muted ? [{ startMs: 0, endMs: Number.MAX_SAFE_INTEGER }] : [],
    ringFrames: false,
    write: (line) => void types.add((JSON.parse(line) as { type: string }).type),
  });
  while (session.step());
  return types;
}
