"""The class `Resource` over partitions of flash: what it opens, what it refuses, and what it says of that."""

import ctypes

import pytest
from javascript import Machine, Thrown
from resource_files import GRAMMAR, HEARING, MODEL, resource_file

HEARING_TEXT = '{"wakeWords":[]}'


def content(model=b"ok model", **options):
    hearing = ("hearing.json", HEARING, HEARING_TEXT.encode())
    return resource_file([hearing, ("a.tflite", MODEL, model), ("n", GRAMMAR, b"ok")], **options)


def filled(content, place_bytes=4096):
    """A partition, erased behind what was written into it."""
    return content + b"\xff" * (place_bytes - len(content))


class Flash:
    def __init__(self, **places):
        self.machine = Machine()
        self.buffers = [ctypes.create_string_buffer(place, len(place)) for place in places.values()]
        for name, buffer in zip(places, self.buffers, strict=True):
            self.machine.library.fake_partition_add(name.encode(), buffer, ctypes.c_size_t(len(buffer)))

    def open(self):
        return self.machine.call("xs_resource_open", self.machine.function())

    def text(self, name):
        return self.machine.call("xs_resource_text", self.machine.function(), name)

    def copy(self, name):
        return self.machine.call("xs_resource_copy_to_psram", self.machine.function(), name)

    def bytes_of(self, made):
        """Where an object's bytes lie, and what they are."""
        at, count = ctypes.c_void_p(), ctypes.c_uint()
        self.machine.library._xsmcGetBuffer(None, made, ctypes.byref(at), ctypes.byref(count), 0)
        return at.value, ctypes.string_at(at, count.value)

    def new(self, name):
        made = ctypes.c_void_p(self.machine.library.fake_object(None))
        self.machine.call("xs_resource", made, name)
        return made


def test_what_lies_in_flash_is_found_by_name():
    flash = Flash(resources_a=filled(content()))
    assert flash.open() is None
    assert flash.text("hearing.json") == HEARING_TEXT
    with pytest.raises(Thrown, match=r"RangeError: there is no resource 'b.tflite'"):
        flash.text("b.tflite")
    with pytest.raises(Thrown, match=r"RangeError: there is no resource ''"):
        flash.machine.call("xs_resource_text", flash.machine.function())


def test_a_model_is_handed_to_the_ear_where_it_lies():
    from test_classes import MIC, WORD, wav

    flash = Flash(resources_a=filled(content()))
    flash.open()
    ear = flash.machine.new("ear", {"microphone": MIC, "clip": wav([0] * 160), "pace": "step"})
    ear.configure({"wakeWords": [{**WORD, "model": flash.new("a.tflite")}]})
    ear.close()


def test_a_copy_in_psram_takes_the_place_of_what_lies_in_flash():
    flash = Flash(resources_a=filled(content()))
    flash.open()
    in_flash, told = flash.bytes_of(flash.new("a.tflite"))
    assert flash.copy("a.tflite") is None
    copied, copy = flash.bytes_of(flash.new("a.tflite"))
    assert copy == told == b"ok model" and copied != in_flash and copied % 64 == 0
    assert flash.copy("a.tflite") is None
    assert flash.bytes_of(flash.new("a.tflite"))[0] == copied
    assert flash.bytes_of(flash.new("n"))[1] == b"ok"
    with pytest.raises(Thrown, match=r"RangeError: there is no resource 'b.tflite'"):
        flash.copy("b.tflite")


def test_what_psram_has_no_room_for_is_told_and_read_from_flash():
    flash = Flash(resources_a=filled(content()))
    flash.open()
    in_flash, _ = flash.bytes_of(flash.new("a.tflite"))
    enough = len(b"ok model") + (1 << 20)  # the others need a megabyte
    flash.machine.library.fake_psram(ctypes.c_size_t(enough - 1))
    assert flash.copy("a.tflite") == (
        f"of PSRAM {enough - 1} bytes are free in one piece, 8 with 1048576 left to others would be right"
    )
    assert flash.bytes_of(flash.new("a.tflite"))[0] == in_flash
    flash.machine.library.fake_psram(ctypes.c_size_t(enough))
    assert flash.copy("a.tflite") is None
    assert flash.bytes_of(flash.new("a.tflite"))[0] != in_flash


def test_nothing_is_there_before_it_is_opened():
    with pytest.raises(Thrown, match=r"RangeError: there is no resource 'a.tflite'"):
        Flash(resources_a=filled(content())).new("a.tflite")


def test_the_newer_of_two_places_is_opened():
    old, new = filled(content(b"ok old", revision=1)), filled(content(b"ok newer", revision=2))
    for places in ({"resources_a": old, "resources_b": new}, {"resources_a": new, "resources_b": old}):
        assert Flash(**places).open() is None


def test_a_newer_one_that_is_spoilt_is_passed_over_and_told():
    new = content(revision=2)
    flash = Flash(resources_a=filled(new[:-100] + b"\xff" * 100), resources_b=filled(content()))
    assert flash.open() == "resources_a: a.tflite is damaged"
    assert flash.text("hearing.json") == HEARING_TEXT


def test_one_for_a_later_firmware_is_passed_over_and_told():
    later = filled(content(revision=2, operators=[200]))
    flash = Flash(resources_a=filled(content()), resources_b=later)
    assert flash.open() == "resources_b: a model needs operator 200, which this firmware lacks"


@pytest.mark.parametrize(
    "places, reason",
    [
        ({}, "there is no partition for resources, or it cannot be mapped"),
        ({"answers": filled(content())}, "there is no partition for resources, or it cannot be mapped"),
        ({"resources_a": b"\xff" * 4096}, "resources_a: nothing is there that begins with EARSHOTR"),
        (
            {"resources_a": content()[:-1], "resources_b": b"\xff" * 4096},
            "resources_a: it is cut: it has 448 bytes, more than there is room for; "
            "resources_b: nothing is there that begins with EARSHOTR",
        ),
    ],
)
def test_where_nothing_will_do_each_place_is_told(places, reason):
    with pytest.raises(Thrown) as thrown:
        Flash(**places).open()
    assert str(thrown.value) == f"Error: {reason}"


def test_memory_that_cannot_be_mapped_is_told():
    flash = Flash(resources_a=filled(content()))
    flash.machine.library.fake_partition_refuse()
    with pytest.raises(Thrown, match="it cannot be mapped"):
        flash.open()
