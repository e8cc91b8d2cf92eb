import { writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';
import { readRecording } from '../../sim/audio/any-recording';
import { AudioError, SAMPLE_RATE } from '../../sim/audio/sound';

/** A recording that the firmware hears in place of the microphone. */
export interface Clip {
  readonly name: string;
  readonly pcm: Int16Array;
}

/** Throws Problem when the file is no recording. */
export async function readClip(file: string): Promise<Clip> {
  const name = basename(file, extname(file)).replaceAll(/[^\w-]/g, '-');
  const bytes = readNamedFile(file, 'a recording');
  try {
    return { name, pcm: (await readRecording(bytes)).pcm };
  } catch (error) {
    if (error instanceof AudioError) throw new Problem(`--clip ${file}: ${error.message}`);
    throw error;
  }
}

/** Writes it into `folder`. Returns what a manifest in that folder says to have it heard. */
export function writeClip({ name, pcm }: Clip, folder: string): object {
  const clip = `${name}.clip`; // not .wav: that mcconfig would turn into a format of its own
  writeFileSync(join(folder, clip), clipFile(pcm));
  return { resources: { '*': [`./${name}`] }, config: { board: { mic: { clip } } } };
}

export const CLIP_HEADER_BYTES = 44;

/** 16 kHz, mono, 16 bits: what the chip's clip reader takes. */
export function clipFile(pcm: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(CLIP_HEADER_BYTES + pcm.length * 2);
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
  for (const [index, sample] of pcm.entries()) bytes.writeInt16LE(sample, CLIP_HEADER_BYTES + index * 2);
  return bytes;
}
