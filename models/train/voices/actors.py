"""Actors in two adventure games of Debian's, some forty people who play all sorts of English.

"Flight of the Amazon Queen" holds MP3 and "Beneath a Steel Sky" packed samples, both at 11 kHz. Their
licences let anybody have, change and pass them on; no sound of theirs is in a model or in this repository.
"""

import io
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from ..sources import unpack
from .moonshine import fetch_moonshine
from .pauses import LONGEST, RATE, pieces
from .side_by_side import side_by_side

PACKAGES = ["flight-of-the-amazon-queen", "beneath-a-steel-sky"]
QUEEN, SKY_DISK, SKY_TABLE = (
    "flight-of-the-amazon-queen/queen.1c",
    "beneath-a-steel-sky/sky.dsk",
    "beneath-a-steel-sky/sky.dnr",
)
FIRST_SHARD = {"queen": 0, "sky": 1000}
PARTS, PART_SHARDS = 8, 100  # of a game, and the numbers that each has for its shards
WORST_LOSS = 3.0  # nats a phone; actors strain what they say, and Moonshine is right up to here
GAME_RATE = 11_025
SKY_SPEECH = 50_000  # the first number of a file of speech
SKY_HEADER = 22  # bytes before the packed samples


def fetch_actors(sources: Path, phone_model: Path, workers: int) -> Path:
    """Speech shards of both games in `sources/actors`, with the words that Moonshine hears in them as the
    sounds that `phone_model` hears; lines that the two hear differently, and noises, are left out. A stopped
    run goes on with the parts that have not finished."""
    out = sources / "actors"
    if not (out / "done").exists():
        fetch_moonshine(sources / "moonshine")
        with tempfile.TemporaryDirectory() as scratch:
            unpack(PACKAGES, Path(scratch))
            games = Path(scratch) / "files/usr/share/scummvm"
            side_by_side(
                [
                    (label, game, part, games, sources / "moonshine", phone_model, out)
                    for part in range(PARTS)
                    for game in FIRST_SHARD
                ],
                workers,
            )
        (out / "done").touch()
    return out


def label(game: str, part: int, games: Path, moonshine: Path, phone_model: Path, out: Path) -> None:
    import torch

    from ..networks.restart import as_it_is
    from .people import write_people

    done = out / f"{game}-{part}.done"
    if done.exists():
        return
    torch.set_num_threads(1)
    network, lines = as_it_is(phone_model), lines_of(game, part, games)
    first_shard = FIRST_SHARD[game] + part * PART_SHARDS
    write_people(lines, moonshine, network, out, worst_loss=WORST_LOSS, first_shard=first_shard)
    done.touch()


def lines_of(game: str, part: int, games: Path) -> Iterator[np.ndarray]:
    """What is said in a part of it, line by line: float32 at 16 kHz."""
    if game == "queen":
        files, decoded = queen_files((games / QUEEN).read_bytes()), queen_line
    else:
        files, decoded = (
            sky_files((games / SKY_DISK).read_bytes(), (games / SKY_TABLE).read_bytes()),
            sky_line,
        )
    for file in islice(files, part, None, PARTS):
        line = at_16_khz(decoded(file))
        yield from [line] if len(line) < LONGEST * RATE else pieces(line, 0)


def at_16_khz(samples: np.ndarray) -> np.ndarray:
    return resample_poly(samples, RATE // 25, GAME_RATE // 25).astype(np.float32)


def queen_files(game: bytes) -> Iterator[bytes]:
    """Files of speech: a table of names, places and sizes, then the files; those of speech end in .SB."""
    count, position = int.from_bytes(game[13:15], "big"), 15
    for _ in range(count):
        name = game[position : position + 12].rstrip(b"\0")
        start, size = (int.from_bytes(game[position + at : position + at + 4], "big") for at in (13, 17))
        position += 21
        if name.endswith(b".SB"):
            yield game[start : start + size]


def queen_line(file: bytes) -> np.ndarray:
    return soundfile.read(io.BytesIO(file), dtype="float32")[0]


def sky_files(disk: bytes, table: bytes) -> Iterator[memoryview]:
    """Where packed files of speech begin. Eight bytes a file: number, start, size and how it is packed."""
    for at in range(4, len(table) - 7, 8):
        number = int.from_bytes(table[at : at + 2], "little")
        start = int.from_bytes(table[at + 2 : at + 5], "little")
        if start >> 23:  # larger steps
            start = (start & 0x7FFFFF) << 4
        packed = memoryview(disk)[start + SKY_HEADER :]
        if number >= SKY_SPEECH and packed[:4] == b"RNC\1":
            yield packed


def sky_line(packed: memoryview) -> np.ndarray:
    return (np.frombuffer(unpacked(packed), np.uint8).astype(np.float32) - 128) / 128


class Bits:
    """Bits of little-endian 16-bit words, the lowest first; bytes may lie between the words."""

    def __init__(self, data: bytes | memoryview):
        self.data, self.position, self.held, self.count = data, 0, 0, 0

    def take(self, wanted: int) -> int:
        while self.count < wanted:
            self.held |= int.from_bytes(self.data[self.position : self.position + 2], "little") << self.count
            self.position, self.count = self.position + 2, self.count + 16
        value = self.held & ((1 << wanted) - 1)
        self.held, self.count = self.held >> wanted, self.count - wanted
        return value

    def bytes(self, count: int) -> bytes | memoryview:
        self.position += count
        return self.data[self.position - count : self.position]


def read_codes(bits: Bits) -> dict[tuple[int, int], int]:
    """Huffman codes (length, bits as they come) of numbers, in order of their lengths."""
    lengths, codes, code = [bits.take(4) for _ in range(bits.take(5))], {}, 0
    for length in range(1, 16):
        for number, own in enumerate(lengths):
            if own == length:
                codes[length, int(f"{code:0{length}b}"[::-1], 2)] = number
                code += 1
        code <<= 1
    return codes


def read_number(bits: Bits, codes: dict[tuple[int, int], int]) -> int:
    code = length = 0
    while (length, code) not in codes:
        code |= bits.take(1) << length
        length += 1
    size = codes[length, code]
    return size if size < 2 else bits.take(size - 1) | 1 << (size - 1)


def unpacked(packed: bytes | memoryview) -> bytes:
    """Rob Northen's packing, method 1: literal bytes, then repeats of what came before, turn by turn."""
    size, out = int.from_bytes(packed[4:8], "big"), bytearray()
    bits = Bits(packed[18:])
    bits.take(2)
    while len(out) < size:
        literals, distances, repeats = read_codes(bits), read_codes(bits), read_codes(bits)
        turns = bits.take(16)
        for turn in range(turns):
            out += bits.bytes(read_number(bits, literals))
            if turn + 1 < turns:
                distance, count = read_number(bits, distances) + 1, read_number(bits, repeats) + 2
                for _ in range(count):
                    out.append(out[-distance])
    return bytes(out)
