"""host-sim/interpreter as a test sees it, on either of the machines of tests/firmware/natives."""

import struct
from collections import namedtuple

import numpy as np
from machines import machine

OK, NOT_A_MODEL, CORRUPT, UNKNOWN_OPERATOR, BAD_SHAPE, ARENA_TOO_SMALL, MISALIGNED = range(7)
TYPES = [np.int8, np.uint8, np.int16, np.int32, np.float32]

Tensor = namedtuple("Tensor", "type shape byte_length scale zero_point address")


class ModelError(Exception):
    def __init__(self, status, detail, arena_bytes_needed):
        super().__init__(detail)
        self.status, self.detail, self.arena_bytes_needed = status, detail, arena_bytes_needed


def interpreter_machine(kind):
    return machine(kind, ["host-sim/interpreter"])


class Model:
    """One model. Raises ModelError when it does not open; finds the arena's size by asking."""

    def __init__(self, machine, data, arena_bytes=None, slack=0, file_offset=0):
        self.machine = machine
        self._pointer = struct.calcsize(machine.pointer_format)
        self._file = machine.alloc(max(len(data), 1) + file_offset) + file_offset
        self._file_bytes = len(data)
        self._out = machine.alloc(8)
        self._error = machine.alloc(160)
        self._view = machine.alloc(64)
        machine.write(self._file, data)
        self.asked = []
        if arena_bytes is not None:
            self._open(arena_bytes)
            return
        needed = 0
        while True:
            try:
                self._open(needed + slack if needed else 0)
                return
            except ModelError as error:
                if error.status != ARENA_TOO_SMALL:
                    raise
                needed = error.arena_bytes_needed
                self.asked.append(needed)

    def _open(self, arena_bytes):
        machine, layout = self.machine, f"<i{self._pointer - 4}x{self.machine.pointer_format}120s"
        arena = machine.alloc(arena_bytes) if arena_bytes else 0
        status = machine.call(
            "model_open", self._file, self._file_bytes, arena, arena_bytes, self._out, self._error
        )
        if status != OK:
            told, needed, detail = struct.unpack(layout, machine.read(self._error, struct.calcsize(layout)))
            assert told == status
            raise ModelError(status, detail.split(b"\0")[0].decode(), needed)
        (self.handle,) = struct.unpack(machine.pointer_format, machine.read(self._out, self._pointer))
        self.inputs = self._tensors("input")
        self.outputs = self._tensors("output")
        self.arena_used = machine.call("model_arena_used", self.handle, returns="size")

    def _tensors(self, which):
        count = self.machine.call(f"model_{which}_count", self.handle)
        return [self._tensor(which, index) for index in range(count)]

    def _tensor(self, which, index):
        layout = f"<2i6i1if1i{'4x' if self._pointer == 8 else ''}{self.machine.pointer_format}"
        self.machine.call(f"model_{which}", self._view, self.handle, index, returns="none")
        values = struct.unpack(layout, self.machine.read(self._view, struct.calcsize(layout)))
        return Tensor(values[0], values[2 : 2 + values[1]], *values[8:])

    def reset(self):
        self.machine.call("model_reset", self.handle, returns="none")

    def invoke(self, *arrays):
        for tensor, array in zip(self.inputs, arrays, strict=True):
            data = np.ascontiguousarray(array, TYPES[tensor.type]).tobytes()
            assert len(data) == tensor.byte_length
            self.machine.write(tensor.address, data)
        self.machine.call("model_invoke", self.handle, returns="none")
        return [
            np.frombuffer(self.machine.read(t.address, t.byte_length), TYPES[t.type]).reshape(t.shape)
            for t in self.outputs
        ]
