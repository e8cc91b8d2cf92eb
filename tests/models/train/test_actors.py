"""The files of two old games, taken apart."""

import io

import pytest

numpy = pytest.importorskip("numpy", reason="skipped: numpy is not installed")
soundfile = pytest.importorskip("soundfile", reason="skipped: soundfile is not installed")
pytest.importorskip("scipy", reason="skipped: scipy is not installed")

from train.voices.actors import SKY_HEADER, queen_files, queen_line, sky_files, sky_line, unpacked  # noqa: E402


class BitWriter:
    """16-bit words are placed where a reader comes to need them, bytes between them."""

    def __init__(self):
        self.out, self.free, self.word_at = bytearray(), 0, 0

    def bits(self, value: int, count: int) -> None:
        for place in range(count):
            if not self.free:
                self.word_at, self.free = len(self.out), 16
                self.out += b"\0\0"
            bit = 16 - self.free
            self.out[self.word_at + bit // 8] |= (value >> place & 1) << bit % 8
            self.free -= 1


def packed(literals: bytes, distance: int, repeat: int, rest: bytes) -> bytes:
    """Literals, `repeat` bytes from `distance` (1 or 2) before, and the rest."""
    writer = BitWriter()
    writer.bits(0, 2)
    for used in ([2], [0, 1], [0, 1]):  # sizes of numbers that each table knows; codes of one bit
        lengths = [1 if size in used else 0 for size in range(max(used) + 1)]
        writer.bits(len(lengths), 5)
        for length in lengths:
            writer.bits(length, 4)
    writer.bits(2, 16)

    def number(value: int, code: int) -> None:
        writer.bits(code, 1)
        if value > 1:
            writer.bits(value & 1, 1)

    number(len(literals), 0)
    writer.out += literals
    number(distance - 1, distance - 1)
    number(repeat - 2, repeat - 2)
    number(len(rest), 0)
    writer.out += rest
    size = len(literals) + repeat + len(rest)
    return b"RNC\1" + size.to_bytes(4, "big") + bytes(10) + bytes(writer.out)


def test_repeats_of_what_came_before_are_unpacked():
    assert unpacked(packed(b"abc", 1, 3, b"de")) == b"abccccde"
    assert unpacked(packed(b"ab", 2, 3, b"cde")) == b"ababacde"


def test_only_packed_files_with_the_numbers_of_speech_are_lines():
    line, disk, table = packed(b"\x80\xff", 1, 2, b"\x00\x40"), b"", b"\0\0\0\0"
    for number in (49_999, 50_001):
        table += number.to_bytes(2, "little") + len(disk).to_bytes(3, "little") + bytes(3)
        disk += bytes(SKY_HEADER) + line
    [file] = sky_files(disk, table)
    assert sky_line(file).tolist() == [0, 127 / 128, 127 / 128, 127 / 128, -1, -0.5]


def test_of_the_queen_only_speech_is_read():
    sound = io.BytesIO()
    soundfile.write(sound, numpy.sin(numpy.arange(11_025) / 5).astype("float32"), 11_025, format="WAV")
    files = [(b"020001P2.SB", sound.getvalue()), (b"AREA.BBK", b"picture")]
    start, table, rest = 15 + 21 * len(files), b"", b""
    for name, data in files:
        place = (start + len(rest)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        table, rest = table + name.ljust(12, b"\0") + b"\1" + place, rest + data
    [file] = queen_files(b"QTBLCEM10\0\0\0\1" + len(files).to_bytes(2, "big") + table + rest)
    assert len(queen_line(file)) == 11_025
