/** Runs outside of jest, which cannot load the Opus decoder: reads the files named and prints what came of each as JSON. */
import { readFileSync } from 'node:fs';
import { readRecording } from '../../../../host-sim/sim/audio/any-recording';

async function main(): Promise<void> {
  const outcomes = [];
  for (const path of process.argv.slice(2)) {
    const { pcm, ...facts } = await readRecording(readFileSync(path));
    outcomes.push({ ...facts, pcm: [...pcm] });
  }
  console.log(JSON.stringify(outcomes));
}

void main();
