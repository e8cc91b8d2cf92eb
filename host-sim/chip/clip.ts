import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { readRecording } from '../audio/recording';
import { AudioError, SAMPLE_RATE } from '../audio/sound';
import { Problem } from '../command-line/problem';

/** Writes, into `folder`, a manifest that adds a recording to the firmware's at `root` and lets the firmware hear it in
 * place of the microphone. Returns the manifest's path. Throws Problem when the file is no recording. */
export async function writeClipManifest(file: string, root: string, folder: string): Promise<string> {
  const pcm = await readPcm(file);
  // not .wav: that mcconfig would turn into a format of its own
  const name = basename(file, extname(file)).replaceAll(/[^\w-]/g, '-');
  const clip = `${name}.clip`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, clip), wav(pcm));
  const manifest = {
    include: [`${relative(folder, root)}/manifest.json`],
    resources: { '*': [`./${name}`] },
    config: { board: { mic: { clip } } },
  };
  const path = join(folder, 'manifest.json');
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return path;
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
