import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../../cli/problem';
import { type MuteSpan, parseMuteSpans } from '../../../sim/io/mute-spans';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

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

/** Before its samples: it is ours, and plain. */
const HEADER_BYTES = 44;

/** Its samples, which are what the ear takes. */
export function demoRecording(): Int16Array {
  const bytes = Uint8Array.from(readFileSync(findDemo().path));
  return new Int16Array(bytes.buffer, HEADER_BYTES);
}
