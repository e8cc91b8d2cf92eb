"""Files of resources, by a writer made after the page of the format,
firmware/natives/resources/resources.h."""

import struct
import zlib

HEARING, MODEL, GRAMMAR = 1, 2, 3
SMALL = [("hearing.json", HEARING, b'{"wakeWords":[]}'), ("a.tflite", MODEL, bytes(range(100)))]


def filled_up(content):
    return content + bytes(-len(content) % 64)


def resource_file(entries=SMALL, *, revision=1, operators=(), edit=lambda entry: entry, signature=b""):
    offset, table, contents = 64 + 64 * len(entries), b"", b""
    for name, kind, content in entries:
        entry = struct.pack("<32sIIII12x", name.encode(), kind, offset + len(contents), len(content), 0)
        table += edit(entry) + struct.pack("<I", zlib.crc32(filled_up(content)))
        contents += filled_up(content)
    bits = sum(1 << code for code in set(operators)).to_bytes(32, "little")
    head = struct.pack(
        "<8sHHIII32s4x",
        b"EARSHOTR",
        1,
        len(entries),
        offset + len(contents),
        revision,
        len(signature),
        bits,
    )
    return head + struct.pack("<I", zlib.crc32(head + table)) + table + contents + signature
