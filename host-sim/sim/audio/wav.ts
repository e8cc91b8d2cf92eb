import { AudioError, checkShape, type Sound } from './sound';
import { type SampleEncoding, sampleReader } from './wav-samples';

interface WavFormat {
  readonly encoding: SampleEncoding;
  readonly channelCount: number;
  readonly sampleRate: number;
  /** What one sample takes in the file, whichever part of it is in use. */
  readonly sampleBytes: number;
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
/** The length that writers leave in a header when they do not know it yet; RF64 keeps the real one elsewhere. */
const UNKNOWN_LENGTH = 0xffffffff;

export function isWav(bytes: Uint8Array): boolean {
  return ['RIFF', 'RF64'].includes(tag(bytes, 0)) && tag(bytes, 8) === 'WAVE';
}

/** Reads a RIFF or RF64 WAVE file: PCM of 8 to 32 bits, float of 32 and 64, A-law, µ-law.
 * Chunks that are not needed are stepped over. Throws AudioError. */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: WavFormat | undefined;
  let realDataBytes = UNKNOWN_LENGTH;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const name = tag(bytes, offset);
    const start = offset + 8;
    const declared = view.getUint32(offset + 4, true);
    if (name === 'fmt ') format = readFormat(view, start, declared);
    if (name === 'ds64' && start + 16 <= bytes.length)
      realDataBytes = Number(view.getBigUint64(start + 8, true));
    if (name === 'data') {
      if (!format)
        throw new AudioError(
          'damaged',
          'a WAV file whose sound comes before its format; the "fmt " chunk must be first',
        );
      return readData(view, start, declared === UNKNOWN_LENGTH ? realDataBytes : declared, format);
    }
    // chunks start at even offsets
    offset = start + declared + (declared & 1);
  }
  throw new AudioError(
    'damaged',
    `a WAV file without ${format ? 'a "data"' : 'a "fmt "'} chunk: it is cut off or its header is wrong`,
  );
}

function readFormat(view: DataView, start: number, length: number): WavFormat {
  if (length < 16 || start + length > view.byteLength) {
    throw new AudioError(
      'damaged',
      `a WAV file whose format chunk claims ${length} bytes; 16, 18 or 40 would be right`,
    );
  }
  let code = view.getUint16(start, true);
  if (code === EXTENSIBLE && length >= 26) code = view.getUint16(start + 24, true);
  const channelCount = view.getUint16(start + 2, true);
  const sampleRate = view.getUint32(start + 4, true);
  const blockBytes = view.getUint16(start + 12, true);
  const bits = view.getUint16(start + 14, true);
  const encoding = ENCODINGS[code];
  if (!encoding) {
    const codec = OTHER_CODECS[code] ?? `format ${code}`;
    throw new AudioError('unsupported', `a WAV file in ${codec}; PCM, float, A-law or µ-law would be right`);
  }
  checkShape(sampleRate, channelCount);
  const sampleBytes = Math.ceil(bits / 8);
  if (!sampleReader(encoding, sampleBytes) || blockBytes !== sampleBytes * channelCount) {
    throw new AudioError(
      'unsupported',
      `a WAV file of ${bits}-bit ${encoding} samples, ${blockBytes} bytes a frame; that fits no known form`,
    );
  }
  return { encoding, channelCount, sampleRate, sampleBytes };
}

function readData(view: DataView, start: number, declaredBytes: number, format: WavFormat): Sound {
  const { encoding, channelCount, sampleRate, sampleBytes } = format;
  const presentBytes = Math.min(declaredBytes, view.byteLength - start);
  const frameBytes = sampleBytes * channelCount;
  const frameCount = Math.floor(presentBytes / frameBytes);
  if (frameCount === 0) {
    throw new AudioError(
      'empty',
      `a WAV file without a single sample${declaredBytes > 0 ? ` (its header says ${declaredBytes} bytes)` : ''}`,
    );
  }
  const read = sampleReader(encoding, sampleBytes) as NonNullable<ReturnType<typeof sampleReader>>;
  const samples = new Float32Array(frameCount);
  let offset = start;
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channelCount; channel++, offset += sampleBytes) sum += read(view, offset);
    samples[frame] = sum / channelCount;
  }
  const sound = { samples, sampleRate, channelCount, format: `WAV, ${describe(encoding, sampleBytes)}` };
  if (declaredBytes <= presentBytes) return sound;
  return {
    ...sound,
    shortfall: `its header says ${declaredBytes} bytes of sound, but ${presentBytes} are there`,
  };
}

function describe(encoding: SampleEncoding, sampleBytes: number): string {
  if (encoding === 'aLaw') return 'A-law';
  if (encoding === 'muLaw') return 'µ-law';
  return `${sampleBytes * 8}-bit${encoding === 'float' ? ' float' : ''}`;
}

function tag(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
