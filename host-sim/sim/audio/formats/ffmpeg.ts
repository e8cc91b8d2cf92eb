import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ByteReader } from '../byte-reader';
import { isOnPath } from '../programs';
import { AudioError, type Block, type SoundStream } from '../sound';
import type { ForeignSound } from './foreign';
import { isWav, openWav } from './wav';

/** Nothing but the file itself may be opened, whatever it says of other places. */
const INPUT = '-v error -nostdin -protocol_whitelist file,pipe -i';
const OUTPUT = '-map 0:a:0 -c:a pcm_f32le -f wav pipe:1';

/** Sound that only ffmpeg reads, where there is one.
 * @param input the file's path, or its bytes where it has none
 * @throws AudioError which says what to do where ffmpeg is not there or cannot read it */
export async function openWithFfmpeg(
  foreign: ForeignSound,
  input: string | ByteReader,
): Promise<SoundStream> {
  if (!isOnPath('ffmpeg')) throw new AudioError('unsupported', howToRead(foreign, input));
  const from = typeof input === 'string' ? `file:${input}` : 'pipe:0';
  const words = [...INPUT.split(' '), from, ...OUTPUT.split(' ')];
  const child = spawn('ffmpeg', words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const complaints = text(child.stderr);
  void feed(child, input);
  const complaint = async (): Promise<string | undefined> => {
    await ended;
    return (await complaints).trim().split('\n')[0] || undefined;
  };
  try {
    const output = new ByteReader(child.stdout);
    if (!isWav(await output.peek(12))) throw new AudioError('damaged', foreign.what);
    const sound = await openWav(output, undefined);
    return { ...sound, format: foreign.what, blocks: soundOf(child, sound, foreign, complaint) };
  } catch (error) {
    if (!(error instanceof AudioError)) throw error;
    throw new AudioError('damaged', unreadable(foreign, await complaint()));
  }
}

async function* soundOf(
  child: ChildProcess,
  sound: SoundStream,
  foreign: ForeignSound,
  complaint: () => Promise<string | undefined>,
): AsyncGenerator<Block, string | undefined> {
  try {
    yield* sound.blocks;
    const damage = await complaint();
    return damage && `it is damaged (ffmpeg: ${damage})`;
  } catch (error) {
    if (!(error instanceof AudioError)) throw error;
    throw new AudioError('damaged', unreadable(foreign, await complaint()));
  } finally {
    child.kill(); // whoever wants no more sound wants no more ffmpeg
  }
}

/** It may end before it has read all, which is no error of ours. */
async function feed(child: ChildProcess, input: string | ByteReader): Promise<void> {
  const { stdin } = child;
  stdin?.on('error', () => {});
  if (input instanceof ByteReader) {
    for await (const bytes of input.rest()) {
      if (!stdin?.writable) break;
      if (!stdin.write(Uint8Array.from(bytes)))
        await Promise.race([once(stdin, 'drain'), once(child, 'close')]);
    }
  }
  stdin?.end();
}

function unreadable(foreign: ForeignSound, complaint: string | undefined): string {
  const reason = complaint === undefined ? '' : ` (${complaint})`;
  return `${foreign.what} that ffmpeg finds no sound in${reason}`;
}

function howToRead({ what }: ForeignSound, input: string | ByteReader): string {
  const file = typeof input === 'string' ? input : 'FILE';
  const line = `ffmpeg -i ${quoted(file)} ${quoted(file.replace(/\.\w+$|$/, '.wav'))}`;
  return `${what}; WAV, FLAC and Ogg/Opus are read as they are, all others through ffmpeg: install that, or where it is: ${line}`;
}

function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
