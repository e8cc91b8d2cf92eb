import { readFlac, readOggOpus } from './compressed';
import { resample } from './resample';
import { AudioError, SAMPLE_RATE, type Sound } from './sound';
import { isWav, readWav } from './wav';

/** A recording as the ear takes it: 16 kHz, mono, 16 bits. */
export interface Recording {
  readonly pcm: Int16Array;
  /** How it came to that form, for people; undefined when it already had it. */
  readonly conversion?: string;
  /** What is missing from it, when the file ends early or is damaged. */
  readonly shortfall?: string;
}

/** Decodes a recording, told apart by its content and not by its name. Throws AudioError. */
export async function readRecording(bytes: Uint8Array): Promise<Recording> {
  return toRecording(await decodeSound(bytes));
}

/** Brings sound into the form that the ear takes. Throws AudioError when less than a sample is left of it. */
export function toRecording(sound: Sound): Recording {
  const pcm = toPcm(resample(sound.samples, sound.sampleRate, SAMPLE_RATE));
  if (pcm.length === 0)
    throw new AudioError('empty', `only ${sound.samples.length} samples long; there is nothing to hear`);
  const conversion = describeConversion(sound);
  return {
    pcm,
    ...(conversion === undefined ? {} : { conversion }),
    ...(sound.shortfall === undefined ? {} : { shortfall: sound.shortfall }),
  };
}

/** The recording and then silence, so that what was said at its very end is understood too. */
export function withSilence(pcm: Int16Array, silenceMs: number): Int16Array {
  const longer = new Int16Array(pcm.length + Math.round((silenceMs * SAMPLE_RATE) / 1000));
  longer.set(pcm);
  return longer;
}

async function decodeSound(bytes: Uint8Array): Promise<Sound> {
  if (bytes.length === 0)
    throw new AudioError('empty', 'the file is empty; a WAV, FLAC or Ogg/Opus recording would be right');
  if (isWav(bytes)) return readWav(bytes);
  if (startsWith(bytes, 'fLaC')) return readFlac(bytes);
  if (startsWith(bytes, 'OggS')) return readOgg(bytes);
  throw new AudioError('notAudio', `not a recording${guess(bytes)}; WAV, FLAC or Ogg/Opus would be right`);
}

function readOgg(bytes: Uint8Array): Promise<Sound> {
  // the first page of an Ogg stream holds only the codec's header, so its name is near the start
  const head = String.fromCharCode(...bytes.subarray(0, 128));
  if (head.includes('OpusHead')) return readOggOpus(bytes);
  if (head.includes('\x7fFLAC')) return readFlac(bytes);
  const codec = /vorbis|Speex|theora/.exec(head)?.[0] ?? 'an unknown codec';
  throw new AudioError('unsupported', `an Ogg file in ${codec}; Ogg/Opus, FLAC or WAV would be right`);
}

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['ID3', 'an MP3'],
  ['\xff\xfb', 'an MP3'],
  ['FORM', 'an AIFF'],
  ['RIFX', 'a big-endian WAV'],
  ['riff', 'a Wave64'],
  ['.snd', 'an AU'],
  ['\x1aE\xdf\xa3', 'a Matroska or WebM'],
  ['PK', 'a ZIP'],
];

function guess(bytes: Uint8Array): string {
  if (String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp') return ' this can read (an MP4 or M4A file)';
  const found = SIGNATURES.find(([start]) => startsWith(bytes, start));
  return found ? ` this can read (${found[1]} file)` : '';
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(0, text.length)) === text;
}

function toPcm(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < pcm.length; i++) {
    pcm[i] = Math.max(-0x8000, Math.min(0x7fff, Math.round((samples[i] as number) * 0x8000)));
  }
  return pcm;
}

function describeConversion(sound: Sound): string | undefined {
  const { sampleRate, channelCount, format } = sound;
  const shape = ['mono', 'stereo'][channelCount - 1] ?? `${channelCount} channels`;
  if (sampleRate !== SAMPLE_RATE)
    return `resampled from ${sampleRate} Hz ${shape} (${format}) to 16 kHz mono`;
  if (channelCount > 1) return `mixed from ${shape} (${format}) to mono`;
  return /^(WAV, 16-bit|FLAC)$/.test(format) ? undefined : `converted from ${format} to 16-bit`;
}
