"""Packs clips as `firmware/natives/voice/voice_pack.h` says: IMA ADPCM, four bits a sample."""

import struct
import zlib

import numpy as np

MAGIC, FORMAT, RATE = b"EARSHOTV", 1, 16_000
HEADER_BYTES, ENTRY_BYTES = 32, 16
STEPS = np.array(
    (
        "7 8 9 10 11 12 13 14 16 17 19 21 23 25 28 31 34 37 41 45 50 55 60 66 73 80 88 97 107 118 130 "
        "143 157 173 190 209 230 253 279 307 337 371 408 449 494 544 598 658 724 796 876 963 1060 1166 "
        "1282 1411 1552 1707 1878 2066 2272 2499 2749 3024 3327 3660 4026 4428 4871 5358 5894 6484 7132 "
        "7845 8630 9493 10442 11487 12635 13899 15289 16818 18500 20350 22385 24623 27086 29794 32767"
    ).split(),
    np.int64,
)
STEP_CHANGES = np.array([-1, -1, -1, -1, 2, 4, 6, 8])


def pack(clips: dict[str, np.ndarray]) -> bytes:
    """`clips`: float32, full scale 1, by what they say. They lie in the order of their names' bytes."""
    names = sorted(clips, key=lambda name: name.encode())
    coded = encode([np.round(clips[name] * 32767).astype(np.int64) for name in names])
    texts = b"".join(name.encode() + b"\0" for name in names)
    name_at = HEADER_BYTES + ENTRY_BYTES * len(names)
    data_at = name_at + len(texts)
    table = b""
    for name, data in zip(names, coded, strict=True):
        table += struct.pack("<IIII", name_at, data_at, len(clips[name]), zlib.crc32(data))
        name_at += len(name.encode()) + 1
        data_at += len(data)
    head = struct.pack("<8sHHIII", MAGIC, FORMAT, len(names), data_at, RATE, len(texts)) + bytes(4)
    checksum = zlib.crc32(head + table + texts)
    return head + struct.pack("<I", checksum) + table + texts + b"".join(coded)


def encode(clips: list[np.ndarray]) -> list[bytes]:
    """Each begins at silence with the finest step; the first sample of a byte is in its lower half.
    All at once, as no sample can be coded before the one before it."""
    length = max(map(len, clips))
    samples = np.zeros((length, len(clips)), np.int64)
    for row, clip in enumerate(clips):
        samples[: len(clip), row] = clip
    codes = np.zeros((length + length % 2, len(clips)), np.uint8)
    value, index = np.zeros(len(clips), np.int64), np.zeros(len(clips), np.int64)
    for at in range(length):
        step = STEPS[index]
        rest = np.abs(samples[at] - value)
        code, change = np.zeros(len(clips), np.int64), step >> 3
        for bit in (4, 2, 1):
            is_over = rest >= step
            code += bit * is_over
            rest = rest - step * is_over
            change = change + step * is_over
            step = step >> 1
        is_below = samples[at] < value
        value = np.clip(value + np.where(is_below, -change, change), -32768, 32767)
        index = np.clip(index + STEP_CHANGES[code], 0, len(STEPS) - 1)
        codes[at] = code + 8 * is_below
    return [
        (codes[0 : len(clip) : 2, row] | codes[1 : len(clip) + 1 : 2, row] << 4).tobytes()
        for row, clip in enumerate(clips)
    ]
