import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toRecording } from '../audio/recording';
import { readWav } from '../audio/wav';
import { Problem } from '../command-line/problem';
import { type MuteSpan, parseMuteSpans } from '../io/mute-spans';
import { ROOT } from '../parts/speaker-parts';

const FOLDER = join(ROOT, 'host-sim', 'recordings');

export interface Demo {
  readonly path: string;
  readonly mute: readonly MuteSpan[];
}

/** The recording that comes with Earshot. The JSON file beside it says when the mute switch is closed:
 * `{"mute": "12.5-17"}`, in seconds. */
export function findDemo(): Demo {
  const name = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .sort()
        .find((file) => file.endsWith('.wav'))
    : undefined;
  if (name === undefined) throw new Problem(`there is no recording in ${FOLDER}`);
  const path = join(FOLDER, name);
  const sidecar = path.replace(/\.wav$/, '.json');
  const { mute } = existsSync(sidecar)
    ? (JSON.parse(readFileSync(sidecar, 'utf8')) as { mute?: string })
    : {};
  return { path, mute: mute === undefined ? [] : parseMuteSpans(mute) };
}

/** Its samples. */
export function demoRecording(): Int16Array {
  return toRecording(readWav(readFileSync(findDemo().path))).pcm;
}
