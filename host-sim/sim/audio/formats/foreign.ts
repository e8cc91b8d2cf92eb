import { AudioError } from '../sound';

/** Sound in a form that only other programs read. The message is what it is: `an M4A or MP4 file`. */
export class ForeignSound extends AudioError {
  override readonly name = 'ForeignSound';

  constructor(readonly what: string) {
    super('unsupported', what);
  }
}

const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]/, 'an MP3 file'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'an AAC file'],
  [/^FORM....AIF[FC]/s, 'an AIFF file'],
  [/^RIFF....AVI /s, 'an AVI file'],
  [/^riff\./, 'a Wave64 file'],
  [/^caff/, 'a CAF file'],
  [/^\.snd/, 'an AU file'],
  [/^.E\xdf\xa3/, 'a Matroska or WebM file'],
  [/^....ftypM4A/s, 'an M4A file'],
  [/^....ftyp3g/s, 'a 3GP file'],
  [/^....ftypqt/s, 'a QuickTime file'],
  [/^....ftyp/s, 'an MP4 or M4A file'],
  [/^#!AMR/, 'an AMR file'],
  [/^wvpk/, 'a WavPack file'],
  [/^MAC /, "a Monkey's Audio file"],
  [/^0&\xb2u\x8ef\xcf/, 'a WMA file'],
];

/** What a file is that begins so, or undefined when it is no sound that is known. */
export function foreignSoundOf(start: Uint8Array): ForeignSound | undefined {
  const text = String.fromCharCode(...start);
  const found = SIGNATURES.find(([pattern]) => pattern.test(text));
  return found && new ForeignSound(found[1]);
}
