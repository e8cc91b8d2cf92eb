import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readRecording } from '../audio/recording';
import { AudioError, SAMPLE_RATE } from '../audio/sound';
import { Problem } from '../command-line/problem';

/** Writes a recording into `folder` as the firmware hears it in place of the microphone. Returns what a manifest in that
 * folder says to have it heard. Throws Problem when the file is no recording. */
export async function writeClip(file: string, folder: string): Promise<object> {
  const pcm = await readPcm(file);
  // not .wav: that mcconfig would turn into a format of its own
  const name = basename(file, extname(file)).replaceAll(/[^\w-]/g, '-');
  const clip = `${name}.clip`;
  writeFileSync(join(folder, clip), wav(pcm));
  return { resources: { '*': [`./${name}`] }, config: { board: { mic: { clip } } } };
}

async function readPcm(file: string): Promise<Int16Array> {
  try {
    return (await readRecording(readFileSync(file))).pcm;
  } catch (error) {
    if (error instanceof AudioError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Problem(`--clip ${file}: ${(error as Error).message}`);
    throw error;
  }
}

/** 16 kHz, mono, 16 bits: what the chip's clip reader takes. */
function wav(pcm: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(44 + pcm.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(pcm.length * 2, 40);
  for (const [index, sample] of pcm.entries()) bytes.writeInt16LE(sample, 44 + index * 2);
  return bytes;
}
