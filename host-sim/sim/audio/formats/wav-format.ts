import { AudioError, checkShape } from '../sound';
import { ForeignSound } from './foreign';
import { type SampleEncoding, type SampleReader, sampleReader } from './wav-samples';

/** What the "fmt " chunk says. */
export interface WavFormat {
  readonly channelCount: number;
  readonly sampleRate: number;
  /** What one sample takes in the file, whichever part of it is in use. */
  readonly sampleBytes: number;
  readonly read: SampleReader;
  /** Such as `16-bit`. */
  readonly description: string;
}

const EXTENSIBLE = 0xfffe;
const ENCODINGS: Readonly<Record<number, SampleEncoding>> = {
  1: 'integer',
  3: 'float',
  6: 'aLaw',
  7: 'muLaw',
};
const OTHER_CODECS: Readonly<Record<number, string>> = {
  2: 'MS ADPCM',
  17: 'IMA ADPCM',
  49: 'GSM',
  80: 'MPEG',
  85: 'MP3',
};

/** @param chunk the content of "fmt " @throws AudioError */
export function readWavFormat(chunk: Uint8Array): WavFormat {
  if (chunk.length < 16) {
    throw new AudioError(
      'damaged',
      `a WAV file whose format chunk has ${chunk.length} bytes; 16, 18 or 40 would be right`,
    );
  }
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let code = view.getUint16(0, true);
  if (code === EXTENSIBLE && chunk.length >= 26) code = view.getUint16(24, true);
  const channelCount = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const encoding = ENCODINGS[code];
  if (!encoding) throw new ForeignSound(`a WAV file in ${OTHER_CODECS[code] ?? `format ${code}`}`);
  checkShape(sampleRate, channelCount);
  const sampleBytes = frameBytes / channelCount;
  const read = fits(bits, sampleBytes) ? sampleReader(encoding, bits, sampleBytes) : undefined;
  if (!read) {
    throw new AudioError(
      'unsupported',
      `a WAV file of ${bits}-bit ${encoding} samples, ${frameBytes} bytes a frame; that fits no known form`,
    );
  }
  return { channelCount, sampleRate, sampleBytes, read, description: describe(encoding, bits) };
}

/** Samples take the bytes that they need; only those of 24 bits are also found in four (`arecord -f S24_LE`). */
function fits(bits: number, sampleBytes: number): boolean {
  return sampleBytes === Math.ceil(bits / 8) || (bits === 24 && sampleBytes === 4);
}

function describe(encoding: SampleEncoding, bits: number): string {
  if (encoding === 'aLaw') return 'A-law';
  if (encoding === 'muLaw') return 'µ-law';
  return `${8 * Math.ceil(bits / 8)}-bit${encoding === 'float' ? ' float' : ''}`;
}
