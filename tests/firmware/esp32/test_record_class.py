"""The record's flash and its seal, over a partition that a test fills."""

import ctypes
import hashlib

import pytest
from javascript import Machine, Thrown

SECTOR = 4096


class Record:
    def __init__(self, sectors=3, name=b"record"):
        self.machine = Machine()
        self.flash = ctypes.create_string_buffer(b"\xff" * sectors * SECTOR, sectors * SECTOR)
        self.machine.library.fake_partition_add(name, self.flash, ctypes.c_size_t(sectors * SECTOR))

    def call(self, name, *arguments):
        return self.machine.call(name, self.machine.function(), *arguments)

    def bytes_of(self, buffer):
        at, count = ctypes.c_void_p(), ctypes.c_uint()
        self.machine.library._xsmcGetBuffer(None, buffer, ctypes.byref(at), ctypes.byref(count), 0)
        return ctypes.string_at(at, count.value)

    def read(self, sector, offset, count):
        into = self.machine.value(bytearray(count + 2))
        self.call("xs_record_read", sector, offset, into, 1, count)
        return self.bytes_of(into)[1:-1]

    def write(self, sector, offset, content):
        self.call("xs_record_write", sector, offset, bytearray(b"-" + content), 1, len(content))


@pytest.fixture
def record():
    record = Record()
    assert record.call("xs_record_open") == 3
    return record


def test_what_was_written_is_read_in_its_sector_and_nowhere_else(record):
    record.write(1, 10, b"heard")
    assert record.read(1, 9, 7) == b"\xffheard\xff"
    assert record.flash.raw.count(b"heard") == 1 and record.flash.raw.index(b"heard") == SECTOR + 10


def test_a_write_makes_zeros_alone_and_an_erased_sector_is_all_ones(record):
    record.write(1, 0, b"\x0f")
    record.write(1, 0, b"\xf5")
    assert record.read(1, 0, 2) == b"\x05\xff"
    record.write(2, SECTOR - 1, b"\0")
    record.call("xs_record_erase", 1)
    assert record.read(1, 0, SECTOR) == b"\xff" * SECTOR
    assert record.read(2, SECTOR - 1, 1) == b"\0"
    assert record.machine.library.fake_partition_erased() == 1


@pytest.mark.parametrize(
    "name, arguments, problem",
    [
        ("xs_record_read", (3, 0, bytearray(4), 0, 4), "RangeError: the record has no sector 3"),
        ("xs_record_read", (-1, 0, bytearray(4), 0, 4), "RangeError: the record has no sector -1"),
        (
            "xs_record_read",
            (0, SECTOR - 3, bytearray(4), 0, 4),
            "RangeError: a sector of the record ends before byte 4097",
        ),
        ("xs_record_write", (0, 0, bytearray(4), 1, 4), "RangeError: bytes outside of their buffer"),
        ("xs_record_write", (0, 0, bytearray(4), -1, 4), "RangeError: bytes outside of their buffer"),
        ("xs_record_erase", (3,), "RangeError: the record has no sector 3"),
    ],
)
def test_what_lies_outside_is_refused(record, name, arguments, problem):
    before = record.flash.raw
    with pytest.raises(Thrown) as thrown:
        record.call(name, *arguments)
    assert str(thrown.value) == problem
    assert record.flash.raw == before


def test_a_flash_that_refuses_is_told(record):
    record.machine.library.fake_partition_refuse()
    for name, arguments, what in (
        ("xs_record_read", (0, 0, bytearray(4), 0, 4), "read"),
        ("xs_record_write", (0, 0, bytearray(4), 0, 4), "write"),
        ("xs_record_erase", (0,), "erase"),
    ):
        with pytest.raises(Thrown, match=f"Error: the flash refuses to {what} the record"):
            record.call(name, *arguments)


def test_a_flash_without_its_partition_is_told():
    with pytest.raises(Thrown, match="Error: there is no partition for the record"):
        Record(name=b"answers").call("xs_record_open")


@pytest.mark.parametrize("count", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])
def test_the_digest_is_that_of_the_standard(record, count):
    content = bytes(7 * index % 251 for index in range(count))
    digest = record.machine.value(bytearray(33))
    record.call("xs_seal_sha256", bytearray(b"-" + content), 1, count, digest, 1, 32)
    assert record.bytes_of(digest)[1:] == hashlib.sha256(content).digest()


def test_random_bytes_fill_their_place_and_no_more(record):
    into = record.machine.value(bytearray(18))
    record.call("xs_seal_random", into, 1, 16)
    content = record.bytes_of(into)
    assert content[0] == content[17] == 0 and len(set(content[1:17])) > 4
