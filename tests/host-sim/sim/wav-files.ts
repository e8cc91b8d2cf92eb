/** Makes WAV files of any kind, right or wrong, for the tests of their reader. */

export interface WavShape {
  /** 1 PCM, 3 float, 6 A-law, 7 µ-law. */
  readonly code?: number;
  readonly bits?: number;
  readonly sampleRate?: number;
  readonly channelCount?: number;
  readonly isExtensible?: boolean;
  /** Chunks between the format and the sound. */
  readonly extraChunks?: readonly Uint8Array[];
  /** What the header says about the sound's length, when that is not the truth. */
  readonly claimedBytes?: number;
}

/** `samples`: interleaved, full scale ±1. For codes 6 and 7: the bytes themselves. */
export function wavFile(samples: readonly number[], shape: WavShape = {}): Uint8Array {
  const {
    code = 1,
    bits = 16,
    sampleRate = 16_000,
    channelCount = 1,
    isExtensible = false,
    extraChunks = [],
  } = shape;
  const data = Buffer.concat(samples.map((sample) => encode(sample, code, bits)));
  const frameBytes = channelCount * Math.ceil(bits / 8);
  const format = Buffer.alloc(isExtensible ? 40 : 16);
  format.writeUInt16LE(isExtensible ? 0xfffe : code, 0);
  format.writeUInt16LE(channelCount, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE((sampleRate * frameBytes) >>> 0, 8);
  format.writeUInt16LE(frameBytes & 0xffff, 12);
  format.writeUInt16LE(bits, 14);
  if (isExtensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt16LE(code, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  }
  const body = [chunk('fmt ', format), ...extraChunks, chunk('data', data, shape.claimedBytes)];
  return Uint8Array.from(chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...body])));
}

export function chunk(name: string, content: Uint8Array, claimedBytes = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(claimedBytes, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** A tone of half scale. */
export function tone(hertz: number, sampleRate: number, sampleCount: number, amplitude = 0.5): number[] {
  return Array.from(
    { length: sampleCount },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );
}

function encode(sample: number, code: number, bits: number): Buffer {
  if (code === 6 || code === 7) return Buffer.of(sample);
  const bytes = Buffer.alloc(Math.ceil(bits / 8));
  if (code === 3 && bits === 64) bytes.writeDoubleLE(sample);
  else if (code === 3) bytes.writeFloatLE(sample);
  else if (bits === 8) bytes.writeUInt8(Math.round(sample * 0x7f) + 0x80);
  else
    bytes.writeIntLE(
      Math.max(-(2 ** (bits - 1)), Math.min(2 ** (bits - 1) - 1, Math.round(sample * 2 ** (bits - 1)))),
      0,
      bytes.length,
    );
  return bytes;
}
