import type { ByteReader } from '../byte-reader';
import { AudioError, BLOCK_FRAMES, type Block, type SoundStream } from '../sound';
import { readWavFormat, type WavFormat } from './wav-format';

const CHUNK_HEADER_BYTES = 8;
/** Of a chunk that is looked at: no writer's has so many. */
const MOST_KEPT_BYTES = 1 << 12;
/** Those that a chunk without its last byte was seen before. */
const CHUNKS_THAT_FOLLOW =
  /^(fmt |data|ds64|LIST|fact|bext|cue |smpl|inst|iXML|JUNK|junk|PAD |PEAK|ID3 |id3 |axml|chna)$/;
const SOUND_FIRST = 'a WAV file whose sound comes before its format; the "fmt " chunk must be first';

interface Chunk {
  readonly name: string;
  /** By its header. */
  readonly byteLength: number;
}

interface Header {
  readonly format: WavFormat;
  /** Of the first chunk of sound; Infinity when only the end of the file says it. */
  readonly declaredBytes: number;
}

export function isWav(start: Uint8Array): boolean {
  return ['RIFF', 'RF64', 'BW64'].includes(tag(start, 0)) && tag(start, 8) === 'WAVE';
}

/** Reads a RIFF, RF64 or BW64 WAVE file: PCM of 8 to 32 bits, float of 32 and 64, A-law, µ-law. Other chunks are stepped over,
 * and the sound may lie in several. A writer that did not know the length, such as one into a pipe, leaves a length in
 * the header that means none: then the sound goes on to the end.
 * @param fileBytes the length of the file, where it has one
 * @throws AudioError */
export async function openWav(reader: ByteReader, fileBytes: number | undefined): Promise<SoundStream> {
  const { format, declaredBytes: declared } = await readHeader(reader);
  const present = fileBytes === undefined ? undefined : Math.max(0, fileBytes - reader.offset);
  const known = present === undefined ? declared : Math.min(declared, present);
  const frameCount = Math.floor(known / (format.sampleBytes * format.channelCount));
  const { sampleRate, channelCount, description } = format;
  return {
    sampleRate,
    channelCount,
    format: `WAV, ${description}`,
    ...(Number.isFinite(frameCount) ? { frameCount } : {}),
    blocks: soundOf(reader, format, declared),
  };
}

/** Up to the first sound. */
async function readHeader(reader: ByteReader): Promise<Header> {
  const start = reader.offset;
  const riffBytes = uint32(await reader.take(12), 4);
  let format: WavFormat | undefined;
  let longBytes: number | undefined;
  for (let chunk = await peekChunk(reader); chunk; chunk = await peekChunk(reader)) {
    const { name, byteLength } = chunk;
    await reader.skip(CHUNK_HEADER_BYTES);
    if (name === 'data') {
      if (!format) throw new AudioError('damaged', SOUND_FIRST);
      const chunksFollow = riffBytes > reader.offset - start - 8 && !isUnknown(riffBytes);
      return { format, declaredBytes: soundBytes(byteLength, longBytes, chunksFollow) };
    }
    const isKept = name === 'fmt ' || name === 'ds64';
    const kept = await reader.take(isKept ? Math.min(byteLength, MOST_KEPT_BYTES) : 0);
    if (name === 'fmt ') format = readWavFormat(kept);
    if (name === 'ds64' && kept.length >= 16) longBytes = uint64(kept, 8);
    await passOver(reader, byteLength - kept.length, byteLength);
  }
  const lacking = format ? '"data"' : '"fmt "';
  throw new AudioError(
    'damaged',
    `a WAV file without a ${lacking} chunk: it is cut off or its header is wrong`,
  );
}

/** @param longBytes what "ds64" says */
function soundBytes(byteLength: number, longBytes: number | undefined, chunksFollow: boolean): number {
  if (byteLength === 0 && chunksFollow) return 0;
  if (byteLength === 0xffffffff && longBytes !== undefined)
    return longBytes > 0 && longBytes < 2 ** 53 ? longBytes : Number.POSITIVE_INFINITY;
  return isUnknown(byteLength) ? Number.POSITIVE_INFINITY : byteLength;
}

/** What writers leave when they do not know it: FFFFFFFF or a little less (ffmpeg, GStreamer), 80000000 (arecord), 7FFFF000
 * (sox), all of them down to whole frames or less their header; and none, of one that was stopped. */
function isUnknown(byteLength: number): boolean {
  return (
    byteLength === 0 || byteLength >= 0xffffff00 || (byteLength >= 0x7fffef00 && byteLength <= 0x80000100)
  );
}

async function* soundOf(
  reader: ByteReader,
  format: WavFormat,
  firstBytes: number,
): AsyncGenerator<Block, string | undefined> {
  let isEmpty = true;
  for (
    let declared: number | undefined = firstBytes;
    declared !== undefined;
    declared = await nextSoundBytes(reader, declared)
  ) {
    const present: number = yield* chunkOfSound(reader, format, declared);
    isEmpty &&= present < frameBytesOf(format);
    if (present < declared && declared < Number.POSITIVE_INFINITY && !isEmpty)
      return `its header says ${declared} bytes of sound, but ${present} are there`;
    if (present < declared) break;
  }
  if (!isEmpty) return undefined;
  const claim = firstBytes > 0 && Number.isFinite(firstBytes) ? ` (its header says ${firstBytes} bytes)` : '';
  throw new AudioError('empty', `a WAV file without a single sample${claim}`);
}

/** Returns how many bytes there were. */
async function* chunkOfSound(
  reader: ByteReader,
  format: WavFormat,
  byteLength: number,
): AsyncGenerator<Block, number> {
  const blockBytes = BLOCK_FRAMES * frameBytesOf(format);
  for (let present = 0; ; ) {
    const wanted = Math.min(blockBytes, byteLength - present);
    const bytes = await reader.take(wanted);
    if (bytes.length >= frameBytesOf(format)) yield toBlock(bytes, format);
    present += bytes.length;
    if (bytes.length < wanted || present === byteLength) return present;
  }
}

function toBlock(bytes: Uint8Array, format: WavFormat): Block {
  const { channelCount, sampleBytes, read } = format;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frameBytes = frameBytesOf(format);
  const frameCount = Math.floor(bytes.length / frameBytes);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(frameCount);
    for (let i = 0, at = channel * sampleBytes; i < frameCount; i++, at += frameBytes)
      samples[i] = read(view, at);
    return samples;
  });
}

function frameBytesOf({ channelCount, sampleBytes }: WavFormat): number {
  return channelCount * sampleBytes;
}

/** Behind a chunk of sound: the length of the next one, or undefined when none follows. */
async function nextSoundBytes(reader: ByteReader, byteLengthBefore: number): Promise<number | undefined> {
  await passOver(reader, 0, byteLengthBefore);
  for (let chunk = await peekChunk(reader); chunk; chunk = await peekChunk(reader)) {
    if (!/^[ -~]{4}$/.test(chunk.name)) return undefined;
    await reader.skip(CHUNK_HEADER_BYTES);
    if (chunk.name === 'data')
      return isUnknown(chunk.byteLength) ? Number.POSITIVE_INFINITY : chunk.byteLength;
    await passOver(reader, chunk.byteLength, chunk.byteLength);
  }
  return undefined;
}

async function peekChunk(reader: ByteReader): Promise<Chunk | undefined> {
  const header = await reader.peek(CHUNK_HEADER_BYTES);
  if (header.length < CHUNK_HEADER_BYTES) return undefined;
  return { name: tag(header, 0), byteLength: uint32(header, 4) };
}

/** The rest of a chunk, and the byte that fills an odd one up, which some writers forget. */
async function passOver(reader: ByteReader, restBytes: number, byteLength: number): Promise<void> {
  await reader.skip(restBytes);
  if (byteLength % 2 === 1 && !CHUNKS_THAT_FOLLOW.test(tag(await reader.peek(4), 0))) await reader.skip(1);
}

function tag(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function uint32(bytes: Uint8Array, offset: number): number {
  return viewOf(bytes).getUint32(offset, true);
}

function uint64(bytes: Uint8Array, offset: number): number {
  return Number(viewOf(bytes).getBigUint64(offset, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
