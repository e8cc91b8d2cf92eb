export type SampleEncoding = 'integer' | 'float' | 'aLaw' | 'muLaw';

/** Reads one little-endian sample; full scale is ±1. */
export type SampleReader = (view: DataView, offset: number) => number;

const READERS: Readonly<Record<SampleEncoding, Readonly<Record<number, SampleReader>>>> = {
  integer: {
    // 8-bit WAV samples are unsigned, all wider ones are signed
    1: (view, offset) => (view.getUint8(offset) - 0x80) / 0x80,
    2: (view, offset) => view.getInt16(offset, true) / 0x8000,
    3: (view, offset) => ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 0x800000,
    4: (view, offset) => view.getInt32(offset, true) / 0x80000000,
  },
  float: {
    4: (view, offset) => finite(view.getFloat32(offset, true)),
    8: (view, offset) => finite(view.getFloat64(offset, true)),
  },
  aLaw: { 1: (view, offset) => expandALaw(view.getUint8(offset)) / 0x8000 },
  muLaw: { 1: (view, offset) => expandMuLaw(view.getUint8(offset)) / 0x8000 },
};

/** The low three bytes of four, as ALSA and everybody who writes this form has it. */
const low24: SampleReader = (view, offset) => ((view.getInt32(offset, true) << 8) >> 8) / 0x800000;

/** The reader for samples of so many bits in so many bytes, or undefined when there is no such form. */
export function sampleReader(
  encoding: SampleEncoding,
  bits: number,
  sampleBytes: number,
): SampleReader | undefined {
  return encoding === 'integer' && bits === 24 && sampleBytes === 4 ? low24 : READERS[encoding][sampleBytes];
}

/** A float file may carry anything; beyond ±8 (18 dB over full scale) only damage is left. */
function finite(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-8, Math.min(8, value));
}

/** ITU-T G.711: sign, 3-bit segment, 4-bit step, every second bit inverted. 13 bits, left-justified in 16. */
function expandALaw(code: number): number {
  const plain = code ^ 0x55;
  const segment = (plain >> 4) & 7;
  const step = ((plain & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return plain & 0x80 ? magnitude : -magnitude;
}

/** ITU-T G.711: as A-law with all bits inverted and a bias of 33. 14 bits, left-justified in 16. */
function expandMuLaw(code: number): number {
  const plain = ~code & 0xff;
  const magnitude = ((((plain & 15) << 3) + 0x84) << ((plain >> 4) & 7)) - 0x84;
  return plain & 0x80 ? -magnitude : magnitude;
}
