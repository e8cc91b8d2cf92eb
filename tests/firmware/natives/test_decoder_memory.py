"""A graph is loaded only when every number in it is in order; no memory is touched but what was given."""

import os
import struct
import subprocess
import zlib

import pytest
from decoding import FOLDERS, Decoder, compiled, compiled_file
from machines import ROOT

HEADER_BYTES = 46
SMALL = "list room = kitchen | hall\non: turn on the {room} light\nset: set a timer for {duration}"


def with_right_checksum(graph):
    body = struct.pack("<I", len(graph)) + graph[16:]
    return graph[:8] + struct.pack("<I", zlib.crc32(body)) + body


def error_of(graph):
    decoder = Decoder("native", graph)
    assert (decoder.status == 0) == (decoder.error == "")
    return decoder.error


def test_loads_what_the_compiler_made():
    graph = compiled(SMALL)
    assert with_right_checksum(graph) == graph
    assert error_of(graph) == ""


def test_says_what_is_wrong_with_a_graph():
    graph = compiled(SMALL)
    assert error_of(b"") == "not a compiled grammar: it does not begin with EGRM"
    assert error_of(b"RIFF" + graph[4:]).startswith("not a compiled grammar")
    assert error_of(graph[:4] + b"\1" + graph[5:]) == "a version of the format other than 2"
    assert error_of(graph[:6] + b"\50" + graph[7:]) == "not made for 39 phones"
    assert error_of(graph[:-1]) == "shorter or longer than its header says"
    assert error_of(graph[:99] + bytes([graph[99] ^ 1]) + graph[100:]) == "its checksum is wrong"


@pytest.mark.parametrize(
    "offset, value, error",
    [
        (16, 1, "its tables do not fill the file"),
        (16, 17000, "more states than there is room for"),
        (22, 25000, "more phone nodes than there is room for"),
        (36, 9999, "the root is no state"),
        (38, 9999, "the root's output does not exist"),
        (44, 9999, "a single arc leads to no node"),
        (HEADER_BYTES, 9999, "a node leads to no state"),
    ],
)
def test_names_the_number_that_is_out_of_order(offset, value, error):
    graph = compiled(SMALL)
    broken = graph[:offset] + struct.pack("<H", value) + graph[offset + 2 :]
    assert error in (error_of(with_right_checksum(broken)), "its tables do not fill the file")


def test_notices_every_flipped_bit_of_the_header():
    graph = compiled(SMALL)
    for bit in range(8 * HEADER_BYTES):
        broken = bytearray(graph)
        broken[bit // 8] ^= 1 << bit % 8
        assert error_of(bytes(broken)) != ""


def test_hears_nothing_after_a_failed_load():
    decoder = Decoder("native", b"nothing")
    assert decoder.decode([[0] * 40]) == ("silence", 1)


def test_never_leaves_its_memory_whatever_the_graph(tmp_path):
    driver = tmp_path / "decoder_fuzz"
    flags = [
        "-std=c99",
        "-g",
        "-O1",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-Wall",
        "-Wextra",
        "-Werror",
    ]
    natives = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.c"))]
    sources = [*natives, ROOT / "tests/firmware/natives" / "decoder_fuzz.c"]
    subprocess.run([os.environ.get("CC", "cc"), *flags, *map(str, sources), "-o", str(driver)], check=True)
    for text, rounds in [
        (compiled(SMALL), 1500),
        (compiled_file(ROOT / "models" / "home" / "home.grammar"), 60),
    ]:
        graph = tmp_path / "graph"
        graph.write_bytes(text)
        done = subprocess.run([driver, graph, str(rounds), "5"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[:2000]
        assert int(done.stdout) > 0
