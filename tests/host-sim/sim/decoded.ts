import type { SoundStream } from '../../../host-sim/sim/audio/sound';

export interface DecodedSound extends Omit<SoundStream, 'blocks'> {
  readonly channels: readonly (readonly number[])[];
  readonly shortfall?: string;
}

/** All of a stream. */
export async function decoded({ blocks, ...sound }: SoundStream): Promise<DecodedSound> {
  const channels: number[][] = Array.from({ length: sound.channelCount }, () => []);
  let next = await blocks.next();
  for (; !next.done; next = await blocks.next())
    for (const [channel, samples] of next.value.entries())
      for (const sample of samples) channels[channel]?.push(sample);
  return { ...sound, channels, ...(next.value === undefined ? {} : { shortfall: next.value }) };
}
