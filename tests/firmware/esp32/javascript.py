"""Plays JavaScript for the natives' XS classes: values, calls, and what is thrown."""

import ctypes
import shutil
import tempfile

from building import (
    FAKES,
    NATIVES,
    PORTABLE,
    ROOT,
    SOURCES,
    build_library,
    identifiers,
    write_identifiers,
)

UNDEFINED, BOOLEAN, NUMBER, STRING, OBJECT, BUFFER = range(6)
FIRST_ITEM = 10000  # as in xs_fake.h
ERRORS = {1: "Error", 3: "RangeError", 6: "TypeError"}
ALL = [
    *FAKES.glob("*.c"),
    *SOURCES,
    *PORTABLE,
    *(NATIVES / "ear" / name for name in ("event_text.c", "level.c")),
    *(source for name in ("checksum", "resources") for source in sorted((NATIVES / name).glob("*.c"))),
    NATIVES / "ring" / "ring_wire.c",
]
NUMBERS = {name: number for number, name in enumerate(identifiers(), 1)}


class Thrown(Exception):
    def __init__(self, kind, message):
        super().__init__(f"{kind}: {message}")


class Machine:
    """A chip fresh from reset, with its natives."""

    def __init__(self):
        headers = ROOT / "build" / "chip" / "identifiers"
        headers.mkdir(parents=True, exist_ok=True)
        write_identifiers(headers)
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copy(build_library("javascript", ALL, [f"-I{headers}"]), folder)
            self.library = ctypes.CDLL(str(copy))
        library = self.library
        for name in ("fake_value", "fake_object", "fake_result"):
            getattr(library, name).restype = ctypes.c_void_p
        for name in ("fake_message", "fake_text_of", "fake_i2s_calls", "fake_wire_calls", "fake_ear_asked"):
            getattr(library, name).restype = ctypes.c_char_p
        library.fake_number_of.restype = ctypes.c_double
        library.fake_wire_bytes.restype = ctypes.c_size_t
        library.fake_i2s_played.restype = ctypes.c_size_t
        self._kept = []

    def value(self, value):
        """The slot of a Python value: None is undefined, bytes are a resource, bytearrays may move."""
        if value is None:
            return self._slot(UNDEFINED, 0, None, 0)
        if isinstance(value, bool):
            return self._slot(BOOLEAN, value, None, 0)
        if isinstance(value, int | float):
            return self._slot(NUMBER, value, None, 0)
        if isinstance(value, str):
            return self._slot(STRING, 0, value.encode() + b"\0", len(value))
        if isinstance(value, bytes | bytearray):
            return self._slot(BUFFER, isinstance(value, bytearray), bytes(value), len(value))
        if isinstance(value, ctypes.c_void_p):
            return value
        made = ctypes.c_void_p(self.library.fake_object(None))
        if isinstance(value, list):
            for index, item in enumerate(value):
                self.library.fake_set(made, FIRST_ITEM + index, self.value(item))
            value = {"length": len(value)}
        for name, item in value.items():
            self.set(made, name, item)
        return made

    def _slot(self, kind, number, data, length):
        buffer = None if data is None else ctypes.create_string_buffer(data, max(len(data), 1))
        self._kept.append(buffer)
        slot = self.library.fake_value(kind, ctypes.c_double(number), buffer, ctypes.c_size_t(length))
        return ctypes.c_void_p(slot)

    def set(self, target, name, value):
        if name in NUMBERS:  # others no native can ask for
            self.library.fake_set(target, NUMBERS[name], self.value(value))

    def new(self, kind, options):
        """An instance of xs_chip_<kind>."""
        instance = Instance(self, kind)
        instance.call("", options)
        return instance

    def call(self, name, this, *arguments):
        """What the native of this name returns."""
        library = self.library
        slots = [self.value(argument) for argument in arguments]
        array = (ctypes.c_void_p * max(len(slots), 1))(*[slot.value for slot in slots])
        kind = library.fake_call(getattr(library, name), this, array, len(slots))
        if kind:
            raise Thrown(ERRORS[kind], library.fake_message().decode())
        result = ctypes.c_void_p(library.fake_result())
        kind = library.fake_kind_of(result)
        if kind == STRING:
            return library.fake_text_of(result).decode()
        number = library.fake_number_of(result) if kind in (BOOLEAN, NUMBER) else None
        return bool(number) if kind == BOOLEAN else number

    def function(self):
        return ctypes.c_void_p(self.library.fake_object(None))

    def calls_of(self, function):
        self.library.fake_run_messages()
        return self.library.fake_calls_of(function)


class Instance:
    def __init__(self, machine, kind):
        self.machine, self.kind = machine, kind
        destructor = getattr(machine.library, f"xs_chip_{kind}_destructor")
        self.slot = ctypes.c_void_p(machine.library.fake_object(destructor))

    def call(self, method, *arguments):
        name = f"xs_chip_{self.kind}" + (f"_{method}" if method else "")
        return self.machine.call(name, self.slot, *arguments)

    def __getattr__(self, method):
        return lambda *arguments: self.call(method, *arguments)
