"""Files of clips, taken apart and put together (`firmware/natives/voice/voice_pack.h`)."""

import struct
import zlib

from compiling import ROOT

PACK = (ROOT / "models/voice/voice.bin").read_bytes()
HEADER, ENTRY = 32, 16
RATE = 16000


def entries(pack=PACK):
    """Text to its coded sound and number of samples."""
    found = {}
    for index in range(struct.unpack_from("<H", pack, 10)[0]):
        text, sound, samples, _ = struct.unpack_from("<IIII", pack, HEADER + ENTRY * index)
        found[pack[text : pack.index(b"\0", text)].decode()] = (
            pack[sound : sound + -(-samples // 2)],
            samples,
        )
    return found


def packed(clips):
    """A file of {text: (coded sound, samples)}, in the texts' order."""
    texts = b"".join(text.encode() + b"\0" for text in clips)
    text_at, sound_at = HEADER + ENTRY * len(clips), HEADER + ENTRY * len(clips) + len(texts)
    table = b""
    for text, (sound, samples) in clips.items():
        table += struct.pack("<IIII", text_at, sound_at, samples, zlib.crc32(sound))
        text_at, sound_at = text_at + len(text) + 1, sound_at + len(sound)
    head = struct.pack("<8sHHIIII", b"EARSHOTV", 1, len(clips), sound_at, RATE, len(texts), 0)
    checksum = struct.pack("<I", zlib.crc32(head + table + texts))
    return head + checksum + table + texts + b"".join(sound for sound, _ in clips.values())
