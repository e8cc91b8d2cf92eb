import {
  type ChannelChoice,
  ChannelLevels,
  checkChannel,
  describeShape,
  hear,
  loudestChannel,
} from './channels';
import { type OpenForeign, openSound, refuseForeign } from './open-sound';
import { Resampler } from './resample';
import { AudioError, SAMPLE_RATE, type SoundStream } from './sound';
import type { SoundSource } from './source';

/** A recording as the ear takes it, given out piece by piece: 16 kHz, mono, 16 bits. */
export interface OpenRecording {
  /** By its header or the length of its file; undefined where neither tells. */
  readonly soundMs?: number;
  /** How it comes to that form, for people; undefined when it already had it. */
  readonly conversion?: string;
  /** None of them empty, and at least one. */
  readonly pieces: AsyncGenerator<Int16Array, Ending>;
}

/** What is known once a recording was heard to its end. */
export interface Ending {
  /** What is missing from it, when the file ends early or is damaged. */
  readonly shortfall?: string;
  /** What to know of its channels. */
  readonly remark?: string;
}

/** A whole recording. */
export interface Recording extends Ending {
  readonly pcm: Int16Array;
  readonly conversion?: string;
}

/** Opens a recording, told apart by its content and not by its name, and hears as much of it as shows that it holds sound.
 * @throws AudioError */
export async function openRecording(
  source: SoundSource,
  choice: ChannelChoice = 'mix',
  openForeign: OpenForeign = refuseForeign,
): Promise<OpenRecording> {
  const channel = choice === 'loudest' ? await findLoudest(source, openForeign) : choice;
  return recordingOf(await openSound(source, openForeign), channel);
}

/** Sound that was decoded already, as the ear takes it. @throws AudioError */
export async function recordingOf(
  sound: SoundStream,
  channel: 'mix' | number = 'mix',
): Promise<OpenRecording> {
  const pieces = piecesOf(sound, channel);
  const first = await pieces.next();
  const { frameCount, sampleRate } = sound;
  const conversion = describeConversion(sound, channel);
  return {
    ...(frameCount === undefined ? {} : { soundMs: Math.round((frameCount * 1000) / sampleRate) }),
    ...(conversion === undefined ? {} : { conversion }),
    pieces: withFirst(first, pieces),
  };
}

/** All that is left of it. */
export async function wholeRecording({ conversion, pieces }: OpenRecording): Promise<Recording> {
  const all: Int16Array[] = [];
  let next = await pieces.next();
  for (; !next.done; next = await pieces.next()) all.push(next.value);
  return { pcm: joined(all), ...(conversion === undefined ? {} : { conversion }), ...next.value };
}

/** The recording and then silence, so that what was said at its very end is understood too. */
export function withSilence(pcm: Int16Array, silenceMs: number): Int16Array {
  return joined([pcm, silence(silenceMs)]);
}

export function silence(ms: number): Int16Array {
  return new Int16Array(Math.round((ms * SAMPLE_RATE) / 1000));
}

async function findLoudest(source: SoundSource, openForeign: OpenForeign): Promise<number> {
  if (source.isOnce) {
    throw new AudioError(
      'unsupported',
      'comes only once, and the loudest channel is known when it is over; --channel N or a file would be right',
    );
  }
  return loudestChannel(await openSound(source, openForeign));
}

async function* piecesOf(sound: SoundStream, channel: 'mix' | number): AsyncGenerator<Int16Array, Ending> {
  const resampler = new Resampler(sound.sampleRate, SAMPLE_RATE);
  const levels = new ChannelLevels(sound.channelCount);
  let isEmpty = true;
  try {
    let next = await sound.blocks.next();
    checkChannel(channel, sound.channelCount);
    for (; !next.done; next = await sound.blocks.next()) {
      const samples = hear(next.value, channel);
      if (channel === 'mix' && sound.channelCount > 1) levels.take(next.value, samples);
      const piece = toPcm(resampler.push(samples));
      isEmpty &&= piece.length === 0;
      if (piece.length > 0) yield piece;
    }
    const last = toPcm(resampler.end());
    if (last.length > 0) yield last;
    else if (isEmpty) throw new AudioError('empty', 'too short: there is nothing to hear');
    return endingOf(next.value, levels.remark());
  } finally {
    await sound.blocks.return(undefined);
  }
}

function endingOf(shortfall: string | undefined, remark: string | undefined): Ending {
  return { ...(shortfall === undefined ? {} : { shortfall }), ...(remark === undefined ? {} : { remark }) };
}

async function* withFirst<T, End>(
  first: IteratorResult<T, End>,
  rest: AsyncGenerator<T, End>,
): AsyncGenerator<T, End> {
  if (first.done) return first.value;
  try {
    yield first.value;
    return yield* rest;
  } finally {
    await rest.return(undefined as never);
  }
}

function toPcm(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < pcm.length; i++) {
    pcm[i] = Math.max(-0x8000, Math.min(0x7fff, Math.round((samples[i] as number) * 0x8000)));
  }
  return pcm;
}

/** All of them, one after the other. */
export function joined(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function describeConversion(sound: SoundStream, channel: 'mix' | number): string | undefined {
  const { sampleRate, channelCount, format } = sound;
  const isOneOf = channelCount > 1 && typeof channel === 'number';
  const shape = `${isOneOf ? `channel ${channel} of ` : ''}${describeShape(channelCount)}`;
  if (sampleRate !== SAMPLE_RATE)
    return `resampled from ${sampleRate} Hz ${shape} (${format}) to 16 kHz mono`;
  if (isOneOf) return `${shape} (${format})`;
  if (channelCount > 1) return `mixed from ${shape} (${format}) to mono`;
  return /^(WAV, 16-bit|FLAC)$/.test(format) ? undefined : `converted from ${format} to 16-bit`;
}
