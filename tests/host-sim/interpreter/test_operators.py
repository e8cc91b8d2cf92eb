"""Every operator against the tflite-micro wheel, byte for byte: random shapes, scales and zero points."""

import zlib

import numpy as np
import pytest
from cases import CASES
from halves import HALVES
from interpreter import Model, interpreter_machine
from tflite_micro import runtime

CASES_EACH = 200
HALVES_EACH = 40
STEPS = 2


def oracle(data):
    return runtime.Interpreter.from_bytes(data, arena_size=1 << 20)


def invoke_oracle(interpreter, arrays):
    for index, array in enumerate(arrays):
        interpreter.set_input(array, index)
    interpreter.invoke()


def compare(machine, data, arrays, label):
    """One model and input on both; returns how many outputs had more than one value."""
    wheel, ours = oracle(data), Model(machine, data)
    different = 0
    for step in range(STEPS):
        invoke_oracle(wheel, arrays)
        for index, output in enumerate(ours.invoke(*arrays)):
            expected = wheel.get_output(index)
            assert output.tobytes() == expected.tobytes(), f"{label}, step {step}, output {index}"
            different += len(np.unique(expected)) > 1
        arrays = [a[::-1].copy() for a in arrays]
    return different


@pytest.mark.parametrize("operator", CASES)
@pytest.mark.parametrize("kind", ["native", "wasm"])
def test_gives_every_byte_that_tflite_micro_gives(kind, operator):
    rng, machine = np.random.default_rng(zlib.crc32(operator.encode())), interpreter_machine(kind)
    different = sum(compare(machine, *CASES[operator](rng), f"case {n}") for n in range(CASES_EACH))
    assert different > CASES_EACH / 2  # the cases show something


@pytest.mark.parametrize("operator", HALVES)
@pytest.mark.parametrize("kind", ["native", "wasm"])
def test_rounds_as_tflite_micro_right_between_two_steps(kind, operator):
    rng, machine = np.random.default_rng(zlib.crc32(operator.encode())), interpreter_machine(kind)
    for number in range(HALVES_EACH):
        compare(machine, *HALVES[operator](rng), f"case {number}")
