/** Runs outside of jest, which cannot load the decoders' ES modules: decodes the files named, and then damaged forms
 * of each, and prints what came of it as one JSON object a line. */
import { readFileSync } from 'node:fs';
import { readRecording } from '../../../host-sim/sim/audio/any-recording';
import { AudioError } from '../../../host-sim/sim/audio/sound';

const DAMAGED_FORMS = 60;

async function main(): Promise<void> {
  for (const path of process.argv.slice(2)) {
    const bytes = readFileSync(path);
    const half = bytes.subarray(0, bytes.length >> 1);
    console.log(
      JSON.stringify({
        whole: await outcomeOf(bytes),
        half: await outcomeOf(half),
        damaged: await outcomesOfDamage(bytes),
      }),
    );
  }
}

async function outcomesOfDamage(bytes: Uint8Array): Promise<string[]> {
  const kinds = new Set<string>();
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let form = 0; form < DAMAGED_FORMS; form++) {
    const damaged = Uint8Array.from(bytes.subarray(0, 8 + random(bytes.length - 8)));
    for (let i = 0; i < 8; i++) damaged[4 + random(damaged.length - 4)] = random(256);
    kinds.add((await outcomeOf(damaged)).kind);
  }
  return [...kinds].sort();
}

async function outcomeOf(bytes: Uint8Array): Promise<{ kind: string; [detail: string]: unknown }> {
  try {
    const { pcm, conversion, shortfall } = await readRecording(bytes);
    const middle = pcm.subarray(pcm.length >> 2, (3 * pcm.length) >> 2);
    return { kind: 'sound', sampleCount: pcm.length, peak: Math.max(...middle), conversion, shortfall };
  } catch (error) {
    return { kind: error instanceof AudioError ? 'AudioError' : String((error as Error).stack) };
  }
}

void main();
