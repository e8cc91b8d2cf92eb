import type { ByteReader } from '../byte-reader';
import { AudioError, type Block, type SoundStream } from '../sound';
import { indexOfText, lastIndexOfText } from './find-text';
import { oggPages } from './ogg-pages';

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly errors: readonly { readonly message: string }[];
}

interface Decoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): Promise<Decoded>;
  flush(): Promise<Decoded>;
  reset(): Promise<void>;
}

const SAMPLE_RATE = 48_000;
/** Handed to the library at once: short recordings are then a single piece. */
const BATCH_BYTES = 1 << 16;

/** Decoders that are at rest. The library is loaded when the first such file comes, and kept. */
const resting: Decoder[] = [];

/** Reads Opus in Ogg (RFC 7845). @param tail the last bytes of a file, where it has an end @throws AudioError */
export async function openOggOpus(reader: ByteReader, tail: Uint8Array | undefined): Promise<SoundStream> {
  const first = await reader.peek(64);
  const head = indexOfText(first, 'OpusHead');
  const channelCount = first[head + 9] ?? 0;
  const preSkip = (first[head + 10] ?? 0) | ((first[head + 11] ?? 0) << 8);
  if (head < 0 || channelCount === 0)
    throw new AudioError('damaged', 'Ogg/Opus whose header is cut off or damaged');
  const frameCount = tail && lastGranule(tail);
  return {
    sampleRate: SAMPLE_RATE,
    channelCount,
    format: 'Ogg/Opus',
    ...(frameCount === undefined ? {} : { frameCount: Math.max(0, frameCount - preSkip) }),
    blocks: soundOf(reader, channelCount),
  };
}

async function* soundOf(reader: ByteReader, channelCount: number): AsyncGenerator<Block, string | undefined> {
  const decoder = resting.pop() ?? (await newDecoder());
  let isEmpty = true;
  let damage: string | undefined;
  const batches = batchesOf(reader);
  try {
    for (let batch = await batches.next(); ; batch = await batches.next()) {
      const decoded = await decodeQuietly(() => (batch.done ? decoder.flush() : decoder.decode(batch.value)));
      damage ??= decoded.errors[0]?.message;
      if (decoded.samplesDecoded > 0 && decoded.channelData.length === channelCount) {
        isEmpty = false;
        yield decoded.channelData;
      }
      if (!batch.done) continue;
      if (isEmpty)
        throw new AudioError(
          'damaged',
          'Ogg/Opus in which no sound could be found: it is cut off or damaged',
        );
      damage ??= batch.value.passedBytes > 0 ? 'some of its pages could not be read' : undefined;
      if (damage !== undefined) return `it is damaged (${firstLine(damage)})`;
      return batch.value.isComplete ? undefined : 'it ends before its last page';
    }
  } finally {
    await decoder.reset();
    resting.push(decoder);
  }
}

interface Ending {
  readonly passedBytes: number;
  /** The last page said that it is the last. */
  readonly isComplete: boolean;
}

/** Whole pages, many at once. */
async function* batchesOf(reader: ByteReader): AsyncGenerator<Uint8Array, Ending> {
  const batch = new Uint8Array(2 * BATCH_BYTES);
  let byteLength = 0;
  let isComplete = false;
  const pages = oggPages(reader);
  for (let page = await pages.next(); ; page = await pages.next()) {
    if (page.done || byteLength + page.value.bytes.length > BATCH_BYTES) {
      if (byteLength > 0) yield batch.slice(0, byteLength);
      byteLength = 0;
    }
    if (page.done) return { passedBytes: page.value, isComplete };
    batch.set(page.value.bytes, byteLength);
    byteLength += page.value.bytes.length;
    isComplete = page.value.isLast;
  }
}

/** How many samples there are up to the last page, at 48 kHz and with those that are skipped at the start. */
function lastGranule(tail: Uint8Array): number | undefined {
  const at = lastIndexOfText(tail, 'OggS');
  if (at < 0 || at + 14 > tail.length) return undefined;
  const granule = new DataView(tail.buffer, tail.byteOffset).getBigInt64(at + 6, true);
  return granule >= 0n && granule < 2n ** 50n ? Number(granule) : undefined;
}

async function newDecoder(): Promise<Decoder> {
  const decoder = new (await import('ogg-opus-decoder')).OggOpusDecoder() as unknown as Decoder;
  await decoder.ready;
  return decoder;
}

/** The library writes damage to the console as well as into its result; the console is the user's. */
async function decodeQuietly(decode: () => Promise<Decoded>): Promise<Decoded> {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    return await decode();
  } catch (cause) {
    return { channelData: [], samplesDecoded: 0, errors: [{ message: (cause as Error).message }] };
  } finally {
    Object.assign(console, { error, warn });
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}
