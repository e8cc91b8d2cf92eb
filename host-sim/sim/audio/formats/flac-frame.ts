/** Frames of FLAC (RFC 9639, section 9). Numbers are whole and kept in doubles, which hold all that a frame can carry, sums of
 * its predictors included, exactly. */
import { BitReader } from './bit-reader';
import { crc8, crc16 } from './crc';

/** What STREAMINFO says of all frames. */
export interface FlacShape {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** 4 to 32. */
  readonly bits: number;
}

export interface FlacFrame {
  readonly byteLength: number;
  /** One array of whole numbers for each channel. */
  readonly channels: readonly Float64Array[];
}

/** These bytes are no frame of this stream. */
export class NoFrame extends Error {
  override readonly name = 'NoFrame';
}

interface FrameHeader {
  readonly blockSize: number;
  readonly assignment: number;
}

const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

/** Reads the frame that these bytes begin with. @throws NoFrame, and OutOfBits when they end too early */
export function readFlacFrame(bytes: Uint8Array, shape: FlacShape): FlacFrame {
  const bits = new BitReader(bytes);
  const { blockSize, assignment } = readHeader(bits, bytes, shape);
  const channels = Array.from({ length: shape.channelCount }, (_, channel) =>
    readSubframe(bits, blockSize, shape.bits + (isSide(assignment, channel) ? 1 : 0)),
  );
  bits.alignToByte();
  const { byteOffset } = bits;
  if (bits.unsigned(16) !== crc16(bytes.subarray(0, byteOffset))) throw new NoFrame();
  if (assignment >= LEFT_SIDE)
    partChannels(channels[0] as Float64Array, channels[1] as Float64Array, assignment);
  return { byteLength: byteOffset + 2, channels };
}

function isSide(assignment: number, channel: number): boolean {
  return assignment === SIDE_RIGHT ? channel === 0 : assignment >= LEFT_SIDE && channel === 1;
}

function readHeader(bits: BitReader, bytes: Uint8Array, shape: FlacShape): FrameHeader {
  // the sync code and a reserved bit, then the blocking strategy, which only tells what is counted below
  if (bits.unsigned(15) !== 0x7ffc) throw new NoFrame();
  bits.unsigned(1);
  const sizeCode = bits.unsigned(4);
  const rateCode = bits.unsigned(4);
  const assignment = bits.unsigned(4);
  const bitsCode = bits.unsigned(3);
  if (bits.unsigned(1) !== 0 || sizeCode === 0 || rateCode === 15) throw new NoFrame();
  passOverNumber(bits);
  const blockSize = blockSizeOf(sizeCode, bits);
  const sampleRate = sampleRateOf(rateCode, bits) ?? shape.sampleRate;
  const channelCount = assignment < LEFT_SIDE ? assignment + 1 : 2;
  const sampleBits = bitsCode === 0 ? shape.bits : SAMPLE_BITS[bitsCode];
  const { byteOffset } = bits;
  if (bits.unsigned(8) !== crc8(bytes.subarray(0, byteOffset))) throw new NoFrame();
  const fits =
    assignment <= MID_SIDE &&
    channelCount === shape.channelCount &&
    sampleBits === shape.bits &&
    sampleRate === shape.sampleRate;
  if (!fits) throw new NoFrame();
  return { blockSize, assignment };
}

/** The frame's or the sample's number, in the manner of UTF-8. */
function passOverNumber(bits: BitReader): void {
  const first = bits.unsigned(8);
  const length = Math.clz32(~(first << 24));
  if (length === 1 || length > 7) throw new NoFrame();
  for (let i = 1; i < length; i++) if (bits.unsigned(8) >> 6 !== 2) throw new NoFrame();
}

const SAMPLE_BITS: readonly (number | undefined)[] = [undefined, 8, 12, undefined, 16, 20, 24, 32];
const SAMPLE_RATES = [
  0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
];

function blockSizeOf(code: number, bits: BitReader): number {
  if (code === 1) return 192;
  if (code <= 5) return 144 << code;
  if (code === 6) return bits.unsigned(8) + 1;
  if (code === 7) return bits.unsigned(16) + 1;
  return 1 << code;
}

/** In Hz; undefined where it is left to STREAMINFO. */
function sampleRateOf(code: number, bits: BitReader): number | undefined {
  if (code === 0) return undefined;
  if (code === 12) return bits.unsigned(8) * 1000;
  if (code === 13) return bits.unsigned(16);
  if (code === 14) return bits.unsigned(16) * 10;
  return SAMPLE_RATES[code];
}

/** One channel (section 9.2). */
function readSubframe(bits: BitReader, blockSize: number, fullWidth: number): Float64Array {
  if (bits.unsigned(1) !== 0) throw new NoFrame();
  const type = bits.unsigned(6);
  const wastedBits = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
  const width = fullWidth - wastedBits;
  if (width < 1) throw new NoFrame();
  const samples = new Float64Array(blockSize);
  if (type === 0) samples.fill(bits.signed(width));
  else if (type === 1) for (let i = 0; i < blockSize; i++) samples[i] = bits.signed(width);
  else if (type >= 8 && type <= 12) predictFixed(bits, samples, type - 8, width);
  else if (type >= 32) predictLinear(bits, samples, type - 31, width);
  else throw new NoFrame();
  if (wastedBits > 0) for (let i = 0; i < blockSize; i++) (samples[i] as number) *= 2 ** wastedBits;
  return samples;
}

/** The predictors of orders 0 to 4 are differences taken so many times. */
const FIXED: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

function predictFixed(bits: BitReader, samples: Float64Array, order: number, width: number): void {
  readWarmUp(bits, samples, order, width);
  readResidual(bits, samples, order);
  predict(samples, FIXED[order] as readonly number[], 0);
}

function predictLinear(bits: BitReader, samples: Float64Array, order: number, width: number): void {
  readWarmUp(bits, samples, order, width);
  const precision = bits.unsigned(4) + 1;
  const shift = bits.signed(5);
  if (precision === 16 || shift < 0) throw new NoFrame();
  const coefficients = Array.from({ length: order }, () => bits.signed(precision));
  readResidual(bits, samples, order);
  predict(samples, coefficients, shift);
}

function readWarmUp(bits: BitReader, samples: Float64Array, order: number, width: number): void {
  if (order > samples.length) throw new NoFrame();
  for (let i = 0; i < order; i++) samples[i] = bits.signed(width);
}

/** Replaces what was left over by the samples: each is added to what those before it foretell. */
function predict(samples: Float64Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const weights = Float64Array.from(coefficients).reverse();
  const scale = 2 ** -shift;
  const even = order & ~1;
  for (let i = order; i < samples.length; i++) {
    // two sums, so that one need not wait for the other; they are whole numbers, and exact in any order
    let sum = 0;
    let other = order > even ? (weights[even] as number) * (samples[i - 1] as number) : 0;
    for (let j = 0, at = i - order; j < even; j += 2, at += 2) {
      sum += (weights[j] as number) * (samples[at] as number);
      other += (weights[j + 1] as number) * (samples[at + 1] as number);
    }
    (samples[i] as number) += Math.floor((sum + other) * scale);
  }
}

/** What the prediction leaves over (section 9.2.7), behind the warm-up samples. */
function readResidual(bits: BitReader, samples: Float64Array, order: number): void {
  const method = bits.unsigned(2);
  if (method > 1) throw new NoFrame();
  const parameterBits = 4 + method;
  const plain = 2 ** parameterBits - 1;
  const partitionOrder = bits.unsigned(4);
  const partitionSize = samples.length >>> partitionOrder;
  if (partitionSize << partitionOrder !== samples.length || partitionSize < order) throw new NoFrame();
  for (let from = order, to = partitionSize; to <= samples.length; from = to, to += partitionSize) {
    const parameter = bits.unsigned(parameterBits);
    if (parameter < plain) bits.rice(samples, from, to, parameter);
    else readPlain(bits, samples, from, to);
  }
}

function readPlain(bits: BitReader, samples: Float64Array, from: number, to: number): void {
  const width = bits.unsigned(5);
  for (let i = from; i < to; i++) samples[i] = width === 0 ? 0 : bits.signed(width);
}

/** Left and right, in place of the difference and one of them or their mean (section 4.2). */
function partChannels(first: Float64Array, second: Float64Array, assignment: number): void {
  for (let i = 0; i < first.length; i++) {
    const a = first[i] as number;
    const b = second[i] as number;
    if (assignment === LEFT_SIDE) second[i] = a - b;
    else if (assignment === SIDE_RIGHT) first[i] = a + b;
    else {
      // the mean lost its lowest bit, which is that of the difference
      const right = a - Math.floor(b / 2);
      first[i] = right + b;
      second[i] = right;
    }
  }
}
