import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteReader } from '../byte-reader';
import { AudioError, type Block, checkShape, type SoundStream } from '../sound';
import { OutOfBits } from './bit-reader';
import { type FlacFrame, type FlacShape, NoFrame, readFlacFrame } from './flac-frame';

/** The first block of metadata (RFC 9639, section 8.2). */
interface StreamInfo extends FlacShape {
  /** Samples of each channel; 0 when the writer did not know it. */
  readonly frameCount: number;
  /** Of all samples, in hexadecimal; all zeros when the writer did not work it out. */
  readonly md5: string;
}

const STREAM_INFO_BYTES = 34;
const NO_MD5 = '0'.repeat(32);
/** What is looked at for a frame at first, and at most: 65,536 samples of eight channels of 32 bits, and room. */
const GLANCE_BYTES = 1 << 15;
const MOST_FRAME_BYTES = 1 << 22;

export function isFlac(start: Uint8Array): boolean {
  return String.fromCharCode(...start.subarray(0, 4)) === 'fLaC';
}

/** Reads FLAC (RFC 9639) and checks all that it carries for that: the sums of its frames, the number of samples, their MD5.
 * What stands behind the last frame, such as an ID3 tag, is left alone. @throws AudioError */
export async function openFlac(reader: ByteReader): Promise<SoundStream> {
  await reader.skip(4);
  const info = await readMetadata(reader);
  const { sampleRate, channelCount, frameCount } = info;
  return {
    sampleRate,
    channelCount,
    format: 'FLAC',
    ...(frameCount > 0 ? { frameCount } : {}),
    blocks: soundOf(reader, info),
  };
}

async function readMetadata(reader: ByteReader): Promise<StreamInfo> {
  let info: StreamInfo | undefined;
  for (let isLast = false; !isLast; ) {
    const [flags = 0, high = 0, middle = 0, low = 0] = await reader.take(4);
    const byteLength = (high << 16) | (middle << 8) | low;
    isLast = flags >= 0x80;
    if (info) await reader.skip(byteLength);
    else {
      const block = await reader.take(flags % 0x80 === 0 ? byteLength : 0);
      if (block.length < STREAM_INFO_BYTES)
        throw new AudioError(
          'damaged',
          'FLAC that does not begin with what it holds: it is cut off or damaged',
        );
      info = readStreamInfo(block);
    }
    if ((await reader.peek(1)).length === 0) break;
  }
  return info as StreamInfo;
}

function readStreamInfo(block: Uint8Array): StreamInfo {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const packed = view.getUint32(10);
  const sampleRate = packed >>> 12;
  const channelCount = ((packed >>> 9) & 7) + 1;
  checkShape(sampleRate, channelCount);
  return {
    sampleRate,
    channelCount,
    bits: ((packed >>> 4) & 31) + 1,
    frameCount: (packed & 15) * 2 ** 32 + view.getUint32(14),
    md5: bytesToHex(Uint8Array.from(block.subarray(18, STREAM_INFO_BYTES))),
  };
}

async function* soundOf(reader: ByteReader, info: StreamInfo): AsyncGenerator<Block, string | undefined> {
  const hash = info.md5 === NO_MD5 ? undefined : md5.create();
  let frameCount = 0;
  let isDamaged = false;
  while (info.frameCount === 0 || frameCount < info.frameCount) {
    const { frame, passedBytes } = await nextFrame(reader, info);
    isDamaged ||= passedBytes > 0;
    if (!frame) break;
    hash?.update(toBytes(frame, info.bits));
    frameCount += frame.channels[0]?.length ?? 0;
    yield toBlock(frame, info.bits);
  }
  if (frameCount === 0)
    throw new AudioError('damaged', 'FLAC in which no sound could be found: it is cut off or damaged');
  if (frameCount < info.frameCount)
    return `its header says ${info.frameCount} samples, but ${frameCount} could be read`;
  if (isDamaged) return 'it is damaged: some of its frames could not be read';
  return hash === undefined || bytesToHex(hash.digest()) === info.md5
    ? undefined
    : 'it is damaged: its samples are not those whose MD5 it carries';
}

interface Found {
  /** Undefined at the end, or where a tag begins. */
  readonly frame?: FlacFrame;
  /** Before it, that are in no frame. */
  readonly passedBytes: number;
}

async function nextFrame(reader: ByteReader, shape: FlacShape): Promise<Found> {
  let passedBytes = 0;
  for (let glance = GLANCE_BYTES; ; ) {
    const bytes = await reader.peek(glance);
    if (bytes.length === 0 || (passedBytes === 0 && isTag(bytes))) return { passedBytes };
    const frame = frameOf(bytes, shape);
    if (frame instanceof OutOfBits && bytes.length === glance && glance < MOST_FRAME_BYTES) glance *= 2;
    else if ('channels' in frame) {
      await reader.skip(frame.byteLength);
      return { frame, passedBytes };
    } else {
      passedBytes += await reader.skip(nextSync(bytes));
      glance = GLANCE_BYTES;
    }
  }
}

function frameOf(bytes: Uint8Array, shape: FlacShape): FlacFrame | NoFrame | OutOfBits {
  try {
    return readFlacFrame(bytes, shape);
  } catch (error) {
    if (error instanceof NoFrame || error instanceof OutOfBits) return error;
    throw error;
  }
}

/** How far it is to what may be the next frame, at least one byte. */
function nextSync(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0xff, 1); at > 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined || next >> 1 === 0x7c) return at;
  }
  return bytes.length;
}

/** ID3v1 and APE tags stand behind the sound. */
function isTag(bytes: Uint8Array): boolean {
  return /^(TAG|APETAGEX)/.test(String.fromCharCode(...bytes.subarray(0, 8)));
}

function toBlock({ channels }: FlacFrame, bits: number): Block {
  const scale = 2 ** (1 - bits);
  return channels.map((channel) => {
    const samples = new Float32Array(channel.length);
    for (let i = 0; i < samples.length; i++) samples[i] = (channel[i] as number) * scale;
    return samples;
  });
}

/** As the MD5 is taken of them: interleaved, little-endian, in whole bytes. */
function toBytes({ channels }: FlacFrame, bits: number): Uint8Array {
  const sampleBytes = Math.ceil(bits / 8);
  const frameBytes = channels.length * sampleBytes;
  const bytes = new Uint8Array((channels[0]?.length ?? 0) * frameBytes);
  for (const [index, channel] of channels.entries()) {
    for (let byte = 0; byte < sampleBytes; byte++) {
      const shift = 8 * byte;
      for (let i = 0, at = index * sampleBytes + byte; i < channel.length; i++, at += frameBytes)
        bytes[at] = (channel[i] as number) >> shift;
    }
  }
  return bytes;
}
