import { ByteReader } from '../byte-reader';
import type { SoundStream } from '../sound';
import { openFlac } from './flac';
import { ForeignSound } from './foreign';
import { openOggOpus } from './ogg-opus';
import { type OggPage, oggPages } from './ogg-pages';

/** Enough to see what is in it: the first page holds only the codec's header. */
const GLANCE_BYTES = 128;
/** Before "fLaC" in the first packet. */
const FLAC_MAPPING_BYTES = 9;

/** Reads Opus and FLAC in Ogg. @param tail the last bytes of a file, where it has an end @throws AudioError */
export async function openOgg(reader: ByteReader, tail: Uint8Array | undefined): Promise<SoundStream> {
  const head = String.fromCharCode(...(await reader.peek(GLANCE_BYTES)));
  if (head.includes('OpusHead')) return openOggOpus(reader, tail);
  if (head.includes('\x7fFLAC')) return openOggFlac(reader);
  throw new ForeignSound(`an Ogg file in ${/vorbis|Speex|theora/.exec(head)?.[0] ?? 'an unknown codec'}`);
}

/** The packets, one after the other, are what a FLAC file holds. */
async function openOggFlac(reader: ByteReader): Promise<SoundStream> {
  const packets = new ByteReader(bodiesOf(oggPages(reader)));
  await packets.skip(FLAC_MAPPING_BYTES);
  return openFlac(packets);
}

async function* bodiesOf(pages: AsyncIterable<OggPage>): AsyncGenerator<Uint8Array> {
  for await (const { body } of pages) yield body;
}
