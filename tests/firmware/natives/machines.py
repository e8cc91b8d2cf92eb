"""The C natives as a Python test sees them: one interface over the shipped WebAssembly and over a build by
the host's compiler, so that every test runs on both and proves them equal.

Functions are called by name with numbers; buffers are addresses from `alloc`. A struct that C returns by
value goes where an extra first argument points, in both builds alike.
"""

import ctypes
import os
from pathlib import Path
from typing import ClassVar

from compiling import ROOT, compiled

# What an ear is made of.
EAR_NATIVES = ("checksum", "features", "decoder", "ear")
EAR_FOLDERS = ["host-sim/interpreter", *(f"firmware/natives/{name}" for name in EAR_NATIVES)]

SHARED_DATA = ROOT.parent / "shared" / "data"
NATIVE_FLAGS = ["-std=c99", "-O3", "-fPIC", "-shared", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror"]

RESULT_TYPES = {"int": ctypes.c_int32, "size": ctypes.c_size_t, "float": ctypes.c_float, "none": None}


def wasm_path():
    """The shipped module, or the one that EARSHOT_WASM names."""
    return Path(os.environ.get("EARSHOT_WASM", ROOT / "host-sim/sim/wasm/earshot.wasm"))


def build_native(folders, flags=()):
    """Compiles every C file of the folders (relative to the repository) into one shared object in build/,
    once for each content, and returns its path."""
    folders = [ROOT / folder for folder in folders]
    sources = [path for folder in folders for path in sorted(folder.glob("*.c"))]
    headers = {*(ROOT / "firmware" / "natives").glob("*/*.h"), *(h for f in folders for h in f.glob("*.h"))}
    command = [os.environ.get("CC", "cc"), *NATIVE_FLAGS, *flags]
    return compiled("natives", command, sources, headers, suffix=".so")


class NativeMachine:
    """The natives in this process."""

    name = "native"
    pointer_format = "Q"  # of `struct`, for pointers and size_t inside C structs

    def __init__(self, library_path):
        self._library = ctypes.CDLL(str(library_path))
        self._functions = {}
        self._buffers = []

    def call(self, function, *arguments, returns="int"):
        """`returns`: "int" (32 bits, signed), "size" (size_t or a pointer), "float" or "none"."""
        target = self._functions.get((function, returns))
        if target is None:
            target = self._library[function]  # a new object each time, so each keeps its own result type
            target.restype = RESULT_TYPES[returns]
            self._functions[function, returns] = target
        return target(*[ctypes.c_float(a) if isinstance(a, float) else ctypes.c_int64(a) for a in arguments])

    def alloc(self, byte_length, alignment=16):
        """The address of zeroed bytes, alive as long as the machine."""
        buffer = ctypes.create_string_buffer(byte_length + alignment)
        self._buffers.append(buffer)
        return -(-ctypes.addressof(buffer) // alignment) * alignment

    def write(self, address, data):
        data = bytes(data)
        ctypes.memmove(address, data, len(data))

    def read(self, address, byte_length):
        return ctypes.string_at(address, byte_length)


class WasmMachine:
    """The shipped module in wasmtime. Memory beyond what it claimed for itself at the start is handed out."""

    name = "wasm"
    pointer_format = "I"
    _compiled: ClassVar = {}  # by content: compiling costs seconds

    def __init__(self, path=None):
        import wasmtime

        code = (path or wasm_path()).read_bytes()
        if code not in self._compiled:
            engine = wasmtime.Engine()
            self._compiled[code] = (engine, wasmtime.Module(engine, code))
        engine, module = self._compiled[code]
        self._store = wasmtime.Store(engine)
        exports = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._functions = dict(exports.items())
        self._memory = exports["memory"]
        self._free = self._memory.data_len(self._store)

    def call(self, function, *arguments, returns="int"):
        """`returns`: "int" (32 bits, signed), "size" (size_t or a pointer), "float" or "none"."""
        result = self._functions[function](self._store, *arguments)
        return result & 0xFFFFFFFF if returns == "size" else result

    def alloc(self, byte_length, alignment=16):
        """The address of zeroed bytes, alive as long as the machine."""
        address = -(-self._free // alignment) * alignment
        self._free = address + byte_length
        missing = self._free - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // 65536))
        return address

    def write(self, address, data):
        self._memory.write(self._store, bytes(data), address)

    def read(self, address, byte_length):
        return bytes(self._memory.read(self._store, address, address + byte_length))


def machine(kind, folders):
    """A fresh machine: "wasm", or "native" built from the given folders."""
    return WasmMachine() if kind == "wasm" else NativeMachine(build_native(folders))
