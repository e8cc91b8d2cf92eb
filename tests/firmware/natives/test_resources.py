"""Files of resources: what is damaged, cut or out of order is refused by name, and of two copies the
newest sound one is taken."""

import ctypes
import os
import struct
import subprocess

import pytest
from compiling import ROOT, compiled
from resource_files import GRAMMAR, MODEL, SMALL, resource_file

NATIVES = ROOT / "firmware/natives"
SOURCES = [*sorted((NATIVES / "resources").glob("*.c")), *sorted((NATIVES / "checksum").glob("*.c"))]
HEADERS = [*sorted((NATIVES / "resources").glob("*.h")), *sorted((NATIVES / "checksum").glob("*.h"))]
OK, ABSENT, OTHER_FORMAT, CUT, DAMAGED, NEEDS_OPERATOR, NEEDS_MEMORY = range(7)


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("detail", ctypes.c_char * 96)]


class Resources(ctypes.Structure):
    _fields_ = [
        ("bytes", ctypes.c_void_p),
        ("byte_length", ctypes.c_uint32),
        ("revision", ctypes.c_uint32),
        ("entry_count", ctypes.c_uint32),
    ]


class Entry(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("kind", ctypes.c_uint32),
        ("bytes", ctypes.c_void_p),
        ("byte_length", ctypes.c_uint32),
        ("arena_bytes", ctypes.c_uint32),
    ]


class Copy(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("bytes", ctypes.c_char_p),
        ("place_bytes", ctypes.c_size_t),
        ("was_looked_at", ctypes.c_int),
        ("error", Error),
    ]


HAS_OPERATOR = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)


class Means(ctypes.Structure):
    _fields_ = [("has_operator", HAS_OPERATOR), ("arena_bytes", ctypes.c_size_t)]


FLAGS = ["-std=c99", "-Wall", "-Wextra", "-Werror"]
library = ctypes.CDLL(
    str(
        compiled(
            "resources",
            [os.environ.get("CC", "cc"), *FLAGS, "-O1", "-shared", "-fPIC"],
            SOURCES,
            HEADERS,
            suffix=".so",
        )
    )
)


def opened(content):
    self, error = Resources(), Error()
    status = library.resources_open(
        ctypes.byref(self), content, ctypes.c_size_t(len(content)), ctypes.byref(error)
    )
    assert status == error.status
    assert (self.entry_count > 0) == (status == OK)
    return self, status, error.detail.decode()


def refusal(content):
    _, status, detail = opened(content)
    return status, detail


def found(self, name):
    entry = Entry()
    if not library.resources_find(ctypes.byref(self), name.encode(), ctypes.byref(entry)):
        return None
    assert entry.bytes % 4 == self.bytes % 4
    assert (entry.bytes - self.bytes) % 64 == 0
    return entry.kind, ctypes.string_at(entry.bytes, entry.byte_length)


def test_each_resource_is_found_by_its_name_where_it_lies():
    content = resource_file(revision=7)
    self, status, detail = opened(content)
    assert (status, detail, self.revision, self.entry_count) == (OK, "", 7, 2)
    assert [found(self, name) for name, _, _ in SMALL] == [(kind, text) for _, kind, text in SMALL]
    assert found(self, "a.tflit") is None
    assert found(self, "a.tflite2") is None
    assert found(self, "n" * 40) is None


def test_what_is_wrong_is_said_by_name():
    content = resource_file()
    model = content.index(bytes(range(100)))
    spoilt = content[: model + 5] + b"x" + content[model + 6 :]
    assert refusal(b"") == (ABSENT, "nothing is there that begins with EARSHOTR")
    assert refusal(b"\xff" * 4096)[0] == ABSENT
    assert refusal(content[:8] + b"\2" + content[9:]) == (
        OTHER_FORMAT,
        "its format is 2; this firmware reads 1",
    )
    assert refusal(spoilt) == (DAMAGED, "a.tflite is damaged")
    assert refusal(content[:-1]) == (CUT, "it is cut: it has 384 bytes, more than there is room for")
    assert refusal(content[:190]) == (CUT, "it is cut within its table of contents")
    assert refusal(content[:70] + b"x" + content[71:])[0] == DAMAGED


def test_a_file_that_was_only_half_written_over_another_is_refused():
    new, old = resource_file(revision=2), resource_file([*SMALL[:1], ("a.tflite", MODEL, bytes(100))])
    for done in range(0, len(new), 16):
        half = new[:done] + old[done:]
        assert half in (new, old) or refusal(half)[0] != OK


def test_contents_that_have_changed_places_are_refused():
    first, second = ("one.tflite", MODEL, b"1" * 64), ("two.tflite", MODEL, b"2" * 64)
    content = resource_file([first, second])
    swapped = content[:192] + content[256:] + content[192:256]
    assert refusal(swapped) == (DAMAGED, "one.tflite is damaged")


@pytest.mark.parametrize(
    "edit, detail",
    [
        (lambda entry: bytes(32) + entry[32:], "the name of entry 0 is out of order"),
        (lambda entry: b"x" * 32 + entry[32:], "the name of entry 0 is out of order"),
        (lambda entry: b"x".ljust(32, b"\0") + entry[32:], "the name of entry 1 is out of order"),
        (lambda entry: entry[:36] + struct.pack("<I", 0) + entry[40:], "hearing.json lies out of order"),
        (lambda entry: entry[:40] + b"\xff" * 4 + entry[44:], "hearing.json lies out of order"),
    ],
)
def test_a_writer_that_has_a_fault_is_told(edit, detail):
    assert refusal(resource_file(edit=edit)) == (DAMAGED, detail)


def test_a_signature_may_follow_and_must_be_whole():
    content = resource_file(signature=b"s" * 70)
    assert opened(content)[1] == OK
    assert refusal(content[:-1])[0] == CUT


def chosen(*contents, has_operator=lambda code: True, arena_bytes=1 << 20):
    """Which copy is taken, and what each that was looked at and refused says."""
    copies = (Copy * len(contents))()
    for place, content in zip(copies, contents, strict=True):
        place.bytes, place.place_bytes = content, len(content)
    self, means = Resources(), Means(HAS_OPERATOR(lambda code: int(has_operator(code))), arena_bytes)
    index = library.resources_choose(ctypes.byref(self), copies, len(contents), ctypes.byref(means))
    assert (index >= 0) == (self.entry_count > 0)
    return index, [c.error.detail.decode() for i, c in enumerate(copies) if c.was_looked_at and i != index]


def test_the_newer_copy_is_taken_wherever_it_lies():
    old, new = resource_file(revision=1), resource_file(revision=2)
    assert [chosen(old, new), chosen(new, old), chosen(old, old)] == [(1, []), (0, []), (0, [])]


def test_the_older_copy_is_taken_where_the_newer_is_spoilt_or_for_a_later_firmware():
    old, new = resource_file(revision=1), resource_file(revision=2, operators=[3, 200])
    assert chosen(new[:-65], old) == (1, ["it is cut: it has 384 bytes, more than there is room for"])
    assert chosen(old, new[:-70] + b"x" + new[-69:]) == (0, ["a.tflite is damaged"])
    assert chosen(new, old, has_operator=lambda code: code == 3) == (
        1,
        ["a model needs operator 200, which this firmware lacks"],
    )


def test_a_model_that_there_is_no_memory_for_is_refused_by_name():
    def needs_memory(entry):
        is_model = entry.startswith(b"a.tflite")
        return entry[:44] + struct.pack("<I", 5000) + entry[48:] if is_model else entry

    old, new = resource_file(revision=1), resource_file(revision=2, edit=needs_memory)
    assert chosen(old, new, arena_bytes=5000) == (1, [])
    assert chosen(old, new, arena_bytes=4999) == (
        0,
        ["a.tflite takes 5000 bytes to run, more than are free"],
    )


def test_where_no_copy_will_do_each_says_why():
    assert chosen(b"\xff" * 512, resource_file()[:-1]) == (
        -1,
        [
            "nothing is there that begins with EARSHOTR",
            "it is cut: it has 384 bytes, more than there is room for",
        ],
    )


def broken(content, folder):
    """How many files with a changed byte or a cut are refused, and how many have the same content."""
    flags = [*FLAGS, "-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    driver = ROOT / "tests/firmware/natives/resources_fuzz.c"
    program = compiled("resources", [os.environ.get("CC", "cc"), *flags], [*SOURCES, driver], HEADERS)
    path = folder / "resources.bin"
    path.write_bytes(content)
    done = subprocess.run([program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return tuple(int(count) for count in done.stdout.split())


def test_every_changed_byte_and_every_cut_is_refused(tmp_path):
    content = resource_file([*SMALL, ("home.graph", GRAMMAR, b"EGRM" * 40)], operators=[3, 114])
    assert broken(content, tmp_path) == (6 * len(content), 0)


def test_a_changed_byte_of_a_signature_changes_nothing(tmp_path):
    content = resource_file(signature=b"s" * 70)
    assert broken(content, tmp_path) == (len(content) + 5 * (len(content) - 70), 5 * 70)
