import { AudioError, checkShape, mixChannels, type Sound } from './sound';

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly bitDepth?: number;
  readonly errors: readonly { readonly message: string }[];
}

interface Decoder {
  readonly ready: Promise<void>;
  decodeFile(bytes: Uint8Array): Promise<Decoded>;
  reset(): Promise<void>;
}

/** The libraries are loaded when the first such file comes, and kept: most recordings are WAV files. */
let flacDecoder: Decoder | undefined;
let opusDecoder: Decoder | undefined;

export async function readFlac(bytes: Uint8Array): Promise<Sound> {
  flacDecoder ??= await started(async () => new (await import('@wasm-audio-decoders/flac')).FLACDecoder());
  const decoded = await decode(flacDecoder, bytes, 'FLAC');
  for (const channel of decoded.channelData) restoreIntegers(channel, decoded.bitDepth ?? 16);
  return toSound(decoded, 'FLAC', missingFlacSamples(bytes, decoded.samplesDecoded));
}

export async function readOggOpus(bytes: Uint8Array): Promise<Sound> {
  opusDecoder ??= await started(async () => new (await import('ogg-opus-decoder')).OggOpusDecoder());
  const decoded = await decode(opusDecoder, bytes, 'Ogg/Opus');
  return toSound(decoded, 'Ogg/Opus', endsWithLastPage(bytes) ? undefined : 'it ends before its last page');
}

async function started(make: () => Promise<Decoder>): Promise<Decoder> {
  const decoder = await make();
  await decoder.ready;
  return decoder;
}

/** The libraries write damage to the console as well as into their result; the console is the user's. */
async function decode(decoder: Decoder, bytes: Uint8Array, format: string): Promise<Decoded> {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    return await decoder.decodeFile(bytes);
  } catch (cause) {
    await decoder.reset();
    throw new AudioError(
      'damaged',
      `${format} that cannot be decoded (${firstLine((cause as Error).message)})`,
    );
  } finally {
    Object.assign(console, { error, warn });
  }
}

function toSound(decoded: Decoded, format: string, missing: string | undefined): Sound {
  if (decoded.samplesDecoded === 0) {
    throw new AudioError('damaged', `${format} in which no sound could be found: it is cut off or damaged`);
  }
  const { channelData, sampleRate } = decoded;
  checkShape(sampleRate, channelData.length);
  const sound = { samples: mixChannels(channelData), sampleRate, channelCount: channelData.length, format };
  const damage = decoded.errors[0];
  const shortfall = damage ? `it is damaged (${firstLine(damage.message)})` : missing;
  return shortfall === undefined ? sound : { ...sound, shortfall };
}

/** The library divides by the largest positive integer, everybody else by one more: with this, 16-bit samples are the
 * very integers that were encoded. */
function restoreIntegers(channel: Float32Array, bitDepth: number): void {
  const fullScale = 2 ** (bitDepth - 1);
  for (let i = 0; i < channel.length; i++)
    channel[i] = Math.round((channel[i] as number) * (fullScale - 1)) / fullScale;
}

/** Compares with the 36-bit count in STREAMINFO, always the first block (RFC 9639, section 8.2); it is 0 when the writer
 * did not know it. */
function missingFlacSamples(bytes: Uint8Array, decodedCount: number): string | undefined {
  if (bytes.length < 26) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = ((bytes[21] as number) & 15) * 2 ** 32 + view.getUint32(22);
  return decodedCount >= count
    ? undefined
    : `its header says ${count} samples, but ${decodedCount} could be read`;
}

/** Walks the pages (RFC 3533, section 6): the last must be whole and carry the end-of-stream flag. */
function endsWithLastPage(bytes: Uint8Array): boolean {
  const END_OF_STREAM = 4;
  let flags = 0;
  for (let offset = 0; offset < bytes.length; ) {
    const segmentCount = bytes[offset + 26];
    if (segmentCount === undefined || offset + 27 + segmentCount > bytes.length) return false;
    flags = bytes[offset + 5] as number;
    offset +=
      27 +
      segmentCount +
      bytes.subarray(offset + 27, offset + 27 + segmentCount).reduce((sum, length) => sum + length, 0);
    if (offset > bytes.length) return false;
  }
  return (flags & END_OF_STREAM) !== 0;
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}
